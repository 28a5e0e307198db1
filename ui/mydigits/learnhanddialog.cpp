#include "ui/mydigits/learnhanddialog.h"

#include "core/learning/errorsentence.h"
#include "ui/training/trainingtext.h"
#include "ui/widgets/messagebar.h"

#include <QDialogButtonBox>
#include <QDir>
#include <QEvent>
#include <QFileDialog>
#include <QFuture>
#include <QGridLayout>
#include <QLabel>
#include <QLoggingCategory>
#include <QProgressBar>
#include <QPromise>
#include <QPushButton>
#include <QStackedWidget>
#include <QStandardPaths>
#include <QThreadPool>

#include <algorithm>
#include <utility>

namespace digitpad {

namespace {

Q_LOGGING_CATEGORY(handLog, "digitpad.hand")

constexpr int textWidth = 470; // about 70 letters
constexpr int barSteps = 1'000;

enum Page { Introduction, Progress, Outcome };

QLabel* makeText(const char* name, const QString& text, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    label->setObjectName(QLatin1String(name));
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setMinimumWidth(textWidth);
    return label;
}

QLabel* makeCell(const QString& text, bool bold, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    QFont font = label->font();
    font.setBold(bold);
    label->setFont(font);
    return label;
}

/// Saves on a thread of the pool; the model lives as long as that takes.
QFuture<Result<void>> saveInPool(const std::shared_ptr<const Model>& model, const QString& path)
{
    auto promise = std::make_shared<QPromise<Result<void>>>();
    auto future = promise->future();
    QThreadPool::globalInstance()->start([promise, model, path] {
        promise->start();
        promise->addResult(model->save(path.toStdString()));
        promise->finish();
    });
    return future;
}

} // namespace

LearnHandDialog::LearnHandDialog(const Engine* engine, const HandModel::Start& start,
                                 std::vector<LabelledInk> drawings, QWidget* parent)
    : QDialog(parent)
    , m_engine(engine)
    , m_start(start)
    , m_drawings(std::move(drawings))
    , m_controller(new HandLearningController(this))
    , m_message(new MessageBar(this))
    , m_pages(new QStackedWidget(this))
    , m_buttons(new QDialogButtonBox(this))
    , m_learn(addButton("learn", tr("&Learn"), &LearnHandDialog::learn))
    , m_cancel(addButton("cancel", tr("Cancel"), &LearnHandDialog::reject))
    , m_use(addButton("useNew", tr("&Use the New Model"), &LearnHandDialog::useNew))
    , m_keep(addButton("keepOld", tr("&Keep the Old One"), &LearnHandDialog::keepOld))
    , m_save(addButton("saveAs", tr("&Save As…"), &LearnHandDialog::chooseFile))
{
    setObjectName(QStringLiteral("learnHandDialog"));
    setWindowTitle(tr("Learn My Hand"));
    for (const LabelledInk& drawing : m_drawings) {
        ++m_counts[static_cast<std::size_t>(drawing.digit)];
    }
    connect(m_controller, &HandLearningController::progressed, this, &LearnHandDialog::onProgressed);
    connect(m_controller, &HandLearningController::completed, this, &LearnHandDialog::onCompleted);
    connect(m_controller, &HandLearningController::stopped, this, &LearnHandDialog::onStopped);
    connect(m_controller, &HandLearningController::failed, this, &LearnHandDialog::onFailed);
    layOut();
    showIntroduction();
}

LearnHandDialog::~LearnHandDialog() = default;

void LearnHandDialog::setOptions(const HandLearningOptions& options, std::shared_ptr<const OtherHands> others)
{
    m_options = options;
    m_others = std::move(others);
}

QPushButton* LearnHandDialog::addButton(const char* name, const QString& text,
                                        void (LearnHandDialog::*slot)())
{
    auto* button = m_buttons->addButton(text, QDialogButtonBox::ActionRole);
    button->setObjectName(QLatin1String(name));
    connect(button, &QPushButton::clicked, this, slot);
    return button;
}

void LearnHandDialog::layOut()
{
    m_pages->addWidget(makeIntroduction());
    m_pages->addWidget(makeProgress());
    m_pages->addWidget(makeResult());
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(12);
    layout->addWidget(m_message);
    layout->addWidget(m_pages, 1);
    layout->addWidget(m_buttons);
}

QWidget* LearnHandDialog::makeIntroduction()
{
    auto* page = new QWidget(m_pages);
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(makeText("introduction", learnHandIntroduction(m_start.name), page));
    layout->addWidget(makeCounts());
    layout->addWidget(makeText("advice", drawingsAdvice(m_counts), page));
    layout->addStretch(1);
    return page;
}

/// Two rows: the digits, and how many there are of each.
QWidget* LearnHandDialog::makeCounts()
{
    auto* table = new QWidget(m_pages);
    table->setObjectName(QStringLiteral("counts"));
    auto* layout = new QGridLayout(table);
    layout->setContentsMargins(0, 8, 0, 8);
    layout->addWidget(makeCell(tr("Digit"), false, table), 0, 0);
    layout->addWidget(makeCell(tr("Drawings"), false, table), 1, 0);
    for (std::size_t digit = 0; digit < m_counts.size(); ++digit) {
        const int column = static_cast<int>(digit) + 1;
        layout->addWidget(makeCell(QString::number(digit), true, table), 0, column, Qt::AlignHCenter);
        layout->addWidget(makeCell(countText(m_counts[digit]), false, table), 1, column, Qt::AlignHCenter);
    }
    return table;
}

QWidget* LearnHandDialog::makeProgress()
{
    auto* page = new QWidget(m_pages);
    m_stage = makeText("stage", {}, page);
    m_timeLeft = makeText("timeLeft", {}, page);
    m_bar = new QProgressBar(page);
    m_bar->setObjectName(QStringLiteral("progress"));
    m_bar->setRange(0, barSteps);
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stage);
    layout->addWidget(m_bar);
    layout->addWidget(m_timeLeft);
    layout->addStretch(1);
    return page;
}

QWidget* LearnHandDialog::makeResult()
{
    auto* page = new QWidget(m_pages);
    m_verdict = makeText("verdict", {}, page);
    QFont bold = m_verdict->font();
    bold.setBold(true);
    m_verdict->setFont(bold);
    m_figures = makeText("figures", {}, page);
    auto* table = new QWidget(page);
    m_table = new QGridLayout(table);
    m_table->setContentsMargins(0, 8, 0, 8);
    m_table->setHorizontalSpacing(24);
    m_table->setColumnStretch(0, 1);
    m_table->addWidget(makeCell(tr("Before"), true, table), 0, 1);
    m_table->addWidget(makeCell(tr("After"), true, table), 0, 2);
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_verdict);
    layout->addWidget(table);
    layout->addWidget(m_figures);
    layout->addStretch(1);
    return page;
}

void LearnHandDialog::showIntroduction()
{
    m_pages->setCurrentIndex(Introduction);
    m_learn->show();
    m_cancel->show();
    m_cancel->setEnabled(true);
    m_use->hide();
    m_keep->hide();
    m_save->hide();
    m_learn->setEnabled(m_engine != nullptr && enoughDrawings(m_counts));
    m_learn->setDefault(true);
    if (m_engine == nullptr) {
        say(Tone::Info, tr("The recogniser is not there yet; close this and try again in a moment."));
    }
}

void LearnHandDialog::learn()
{
    m_message->dismiss();
    m_pages->setCurrentIndex(Progress);
    m_learn->hide();
    m_stage->setText(tr("Reading the digits of other hands…"));
    m_timeLeft->clear();
    m_bar->setValue(0);
    m_controller->start({m_engine, m_start.model, m_start.path, m_drawings, m_options, m_others});
}

void LearnHandDialog::onProgressed(const HandLearningProgress& progress)
{
    m_stage->setText(learnHandStageText(progress.stage));
    m_bar->setValue(static_cast<int>(progress.done * barSteps));
    m_timeLeft->setText(progress.secondsLeft < 0 ? QString() : timeLeftText(progress.secondsLeft));
}

void LearnHandDialog::onCompleted(const HandLearningResult& result)
{
    m_result = result;
    if (m_closing) {
        QDialog::reject();
        return;
    }
    showResult();
}

void LearnHandDialog::showResult()
{
    m_verdict->setText(verdictText(*m_result));
    if (m_result->mine) {
        addRow(*m_result->mine, true);
    }
    addRow(m_result->others, false);
    m_figures->setText(figuresText(*m_result));
    m_pages->setCurrentIndex(Outcome);
    m_cancel->hide();
    m_use->show();
    m_keep->show();
    m_save->show();
    QPushButton* recommended = m_result->recommended() ? m_use : m_keep;
    recommended->setDefault(true);
    recommended->setFocus(Qt::OtherFocusReason);
}

bool LearnHandDialog::event(QEvent* event)
{
    const bool known = QDialog::event(event);
    if (event->type() == QEvent::LayoutRequest) {
        // Qt holds a window to its layout's least size, which knows nothing of the lines that texts take.
        resize(width(), std::max(height(), layout()->totalHeightForWidth(width())));
    }
    return known;
}

void LearnHandDialog::addRow(const HandComparison& comparison, bool mine)
{
    QWidget* table = m_table->parentWidget();
    const int row = m_table->rowCount();
    m_table->addWidget(makeCell(comparisonTitle(comparison, mine), false, table), row, 0);
    QLabel* before = makeCell(comparisonText(comparison, comparison.errorsBefore), false, table);
    before->setObjectName(mine ? QStringLiteral("mineBefore") : QStringLiteral("othersBefore"));
    QLabel* after = makeCell(comparisonText(comparison, comparison.errorsAfter), false, table);
    after->setObjectName(mine ? QStringLiteral("mineAfter") : QStringLiteral("othersAfter"));
    m_table->addWidget(before, row, 1);
    m_table->addWidget(after, row, 2);
}

void LearnHandDialog::onStopped()
{
    if (m_closing) {
        QDialog::reject();
        return;
    }
    showIntroduction();
}

void LearnHandDialog::onFailed(const QString& message)
{
    if (m_closing) {
        QDialog::reject();
        return;
    }
    showIntroduction();
    say(Tone::Error, message);
}

/// Escape, the window's cross and Cancel.
void LearnHandDialog::reject()
{
    if (m_controller->state() == HandLearningController::State::Idle) {
        QDialog::reject();
        return;
    }
    m_closing = true;
    m_cancel->setEnabled(false);
    m_stage->setText(tr("Stopping…"));
    m_controller->stop();
}

void LearnHandDialog::useNew()
{
    Q_EMIT modelChosen(m_result->model);
    accept();
}

void LearnHandDialog::keepOld()
{
    QDialog::reject();
}

void LearnHandDialog::chooseFile()
{
    auto* dialog = new QFileDialog(this, tr("Save the model of my hand"),
                                   QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation),
                                   tr("Models (*.pt)"));
    dialog->setObjectName(QStringLiteral("saveHandDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("pt"));
    dialog->selectFile(QStringLiteral("my-hand.pt"));
    connect(dialog, &QFileDialog::fileSelected, this, &LearnHandDialog::save);
    dialog->open();
}

void LearnHandDialog::save(const QString& path)
{
    m_save->setEnabled(false);
    saveInPool(m_result->model, path).then(this, [this, path](const Result<void>& saved) {
        m_save->setEnabled(true);
        if (saved) {
            say(Tone::Success, tr("The new model is saved as “%1”.").arg(QDir::toNativeSeparators(path)));
            return;
        }
        say(Tone::Error, sentenceOf(saved.error(), handLog()));
    });
}

void LearnHandDialog::say(Tone tone, const QString& text)
{
    m_message->showMessage(tone, text);
}

} // namespace digitpad
