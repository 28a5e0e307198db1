#include "ui/mydigits/learnhand.h"

#include <utility>

namespace digitpad {

namespace {

std::vector<LabelledInk> drawingsOf(const MyDigits& digits)
{
    std::vector<LabelledInk> drawings;
    drawings.reserve(digits.digits().size());
    for (const MyDigit& digit : digits.digits()) {
        drawings.push_back({digit.ink, digit.digit});
    }
    return drawings;
}

} // namespace

LearnHand::LearnHand(Recognizer* recognizer, MyDigits* digits, QWidget* window)
    : QObject(window)
    , m_recognizer(recognizer)
    , m_digits(digits)
    , m_window(window)
    , m_model(recognizer)
    , m_learn(new QAction(tr("&Learn My Hand…"), this))
    , m_goBack(new QAction(tr("&Go Back to the Previous Model"), this))
{
    m_learn->setObjectName(QStringLiteral("learnHand"));
    m_goBack->setObjectName(QStringLiteral("goBack"));
    m_goBack->setEnabled(false);
    connect(m_learn, &QAction::triggered, this, &LearnHand::openDialog);
    connect(m_goBack, &QAction::triggered, &m_model, &HandModel::goBack);
    connect(&m_model, &HandModel::inUseChanged, m_goBack, &QAction::setEnabled);
    connect(&m_model, &HandModel::failed, this,
            [this](const QString& message) { Q_EMIT said(Tone::Warning, message, false); });
}

void LearnHand::openDialog()
{
    if (m_dialog != nullptr) {
        m_dialog->raise();
        return;
    }
    m_dialog =
        new LearnHandDialog(m_recognizer->engine(), m_model.learningStart(), drawingsOf(*m_digits), m_window);
    m_dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_dialog, &LearnHandDialog::modelChosen, this, [this](const std::shared_ptr<const Model>& model) {
        m_model.use(model);
        Q_EMIT said(Tone::Success, tr("The model of your hand reads the pad now."), true);
    });
    m_dialog->open();
}

} // namespace digitpad
