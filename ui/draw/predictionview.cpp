#include "ui/draw/predictionview.h"

#include "ui/draw/digitpreview.h"
#include "ui/draw/probabilitybars.h"
#include "ui/widgets/tones.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace digitpad {

namespace {

constexpr int viewWidth = 320;
constexpr int leastGuessHeight = 112;
/// A second guess at least this much as probable as the best is named beside it.
constexpr float closeSecond = 0.4F;

/// Room for two lines of headline and two of explanation, however large the font.
int guessHeight(const QWidget& view)
{
    return std::max(leastGuessHeight, view.fontMetrics().height() * 6);
}

QLabel* makeLabel(const char* name, QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setObjectName(QLatin1String(name));
    label->setTextFormat(Qt::PlainText);
    return label;
}

QLabel* makeWrappedLabel(const char* name, QWidget* parent)
{
    QLabel* label = makeLabel(name, parent);
    label->setWordWrap(true);
    return label;
}

void setFontScale(QLabel* label, double factor, bool bold)
{
    QFont font = label->font();
    font.setPointSizeF(font.pointSizeF() * factor);
    font.setBold(bold);
    label->setFont(font);
}

void setColor(QLabel* label, const QColor& color)
{
    QPalette palette = label->palette();
    palette.setColor(QPalette::WindowText, color);
    label->setPalette(palette);
}

int secondDigit(const Prediction& prediction)
{
    int second = -1;
    float probability = -1;
    for (int digit = 0; digit < digitClasses; ++digit) {
        const float p = prediction.probabilities[static_cast<std::size_t>(digit)];
        if (digit != prediction.digit && p > probability) {
            second = digit;
            probability = p;
        }
    }
    return second;
}

} // namespace

QString doubtText(const Prediction& prediction)
{
    const int second = secondDigit(prediction);
    const float close = prediction.confidence * closeSecond;
    if (second >= 0 && prediction.probabilities[static_cast<std::size_t>(second)] >= close) {
        return PredictionView::tr("Not sure: %1 or %2?").arg(prediction.digit).arg(second);
    }
    return PredictionView::tr("Not sure: perhaps %1?").arg(prediction.digit);
}

PredictionView::PredictionView(QWidget* parent)
    : QWidget(parent)
    , m_bars(new ProbabilityBars(this))
{
    setObjectName(QStringLiteral("predictionView"));
    setFixedWidth(viewWidth);
    buildGuess();
    buildFailure();
    buildPicture();

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_guess);
    layout->addWidget(m_failure);
    layout->addSpacing(14);
    layout->addWidget(m_bars);
    layout->addSpacing(18);
    layout->addWidget(m_pictureRow);
    layout->addStretch(1);
    connect(m_bars, &ProbabilityBars::digitClicked, this, &PredictionView::digitClicked);
    applyPalette();
    refresh();
}

void PredictionView::buildGuess()
{
    m_guess = new QWidget(this);
    m_guess->setFixedHeight(guessHeight(*this));
    m_digit = makeLabel("bestDigit", m_guess);
    m_digit->setAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_digit->setFixedWidth(72);
    QFont large = m_digit->font();
    large.setPixelSize(88);
    m_digit->setFont(large);
    m_headline = makeWrappedLabel("headline", m_guess);
    setFontScale(m_headline, 1.35, true);
    m_explanation = makeWrappedLabel("explanation", m_guess);

    auto* words = new QVBoxLayout;
    words->setSpacing(4);
    words->addStretch(1);
    words->addWidget(m_headline);
    words->addWidget(m_explanation);
    words->addStretch(1);
    auto* layout = new QHBoxLayout(m_guess);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(14);
    layout->addWidget(m_digit);
    layout->addLayout(words, 1);
}

void PredictionView::buildFailure()
{
    m_failure = new QWidget(this);
    m_failure->setMinimumHeight(guessHeight(*this));
    auto* title = makeWrappedLabel("failureTitle", m_failure);
    title->setText(tr("Drawings cannot be read"));
    setFontScale(title, 1.35, true);
    m_failureText = makeWrappedLabel("failureText", m_failure);
    m_failureText->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_chooseModel = new QPushButton(tr("Choose a Model…"), m_failure);
    m_chooseModel->setObjectName(QStringLiteral("chooseModel"));
    m_chooseModel->setToolTip(tr("Load a model file (.pt) that reads the drawings"));
    connect(m_chooseModel, &QPushButton::clicked, this, &PredictionView::chooseModelRequested);

    auto* layout = new QVBoxLayout(m_failure);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(title);
    layout->addWidget(m_failureText);
    layout->addWidget(m_chooseModel, 0, Qt::AlignLeft);
    layout->addStretch(1);
}

void PredictionView::buildPicture()
{
    m_pictureRow = new QWidget(this);
    m_picture = new DigitPreview(m_pictureRow);
    m_caption = makeWrappedLabel("caption", m_pictureRow);
    m_caption->setText(tr("What the network gets: 28 × 28 pixels"));
    m_time = makeWrappedLabel("time", m_pictureRow);
    m_model = makeWrappedLabel("modelName", m_pictureRow);

    auto* facts = new QVBoxLayout;
    facts->setSpacing(8);
    facts->addWidget(m_caption);
    facts->addWidget(m_time);
    facts->addWidget(m_model);
    facts->addStretch(1);
    auto* layout = new QHBoxLayout(m_pictureRow);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(14);
    layout->addWidget(m_picture, 0, Qt::AlignTop);
    layout->addLayout(facts, 1);
}

void PredictionView::setState(Recognizer::State state, const QString& message)
{
    m_state = state;
    m_failureText->setText(tr("%1 You can still draw, open and save.").arg(message));
    refresh();
}

void PredictionView::setModelChoosable(bool choosable)
{
    m_chooseModel->setVisible(choosable);
}

void PredictionView::setModelName(const QString& name)
{
    m_modelName = name;
    refresh();
}

void PredictionView::setPadEmpty(bool empty)
{
    if (m_padEmpty != empty) {
        m_padEmpty = empty;
        m_prediction.reset(); // It was of another drawing.
        refresh();
    }
}

void PredictionView::setPrediction(const Prediction& prediction)
{
    m_prediction = prediction;
    refresh();
}

void PredictionView::refresh()
{
    const bool failed = m_state == Recognizer::State::Failed;
    m_failure->setVisible(failed);
    m_guess->setVisible(!failed);
    m_model->setText(m_modelName.isEmpty() ? QString() : tr("Model: %1").arg(m_modelName));
    if (failed) {
        showNoGuess({}, {});
    } else if (m_state == Recognizer::State::Loading) {
        showNoGuess(tr("The recogniser is loading."), tr("You can draw already."));
    } else if (m_padEmpty) {
        showNoGuess(tr("Nothing drawn yet"), tr("Draw a digit and it is read as you draw."));
    } else if (m_prediction && m_prediction->digit >= 0) {
        showGuess(*m_prediction);
    } else if (m_prediction) {
        showNoGuess(tr("No ink found"), tr("Draw a digit, or open another picture."));
    }
}

void PredictionView::showNoGuess(const QString& headline, const QString& explanation)
{
    m_digit->setText(QStringLiteral("–"));
    m_digit->setAccessibleName(tr("No digit"));
    setColor(m_digit, mixed(palette().color(QPalette::WindowText), palette().color(QPalette::Window), 0.25));
    m_headline->setText(headline);
    m_explanation->setText(explanation);
    m_bars->clear();
    m_picture->setImage({});
    m_time->clear();
}

void PredictionView::showGuess(const Prediction& prediction)
{
    m_digit->setText(QString::number(prediction.digit));
    m_digit->setAccessibleName(tr("Best guess: %1").arg(prediction.digit));
    const QString percentage = percentageText(prediction.confidence);
    if (prediction.accepted) {
        setColor(m_digit, palette().color(QPalette::WindowText));
        m_headline->setText(tr("%1 sure", "percentage").arg(percentage));
        m_explanation->clear();
    } else {
        setColor(m_digit, toneColors(palette(), Tone::Warning).accent);
        m_headline->setText(doubtText(prediction));
        m_explanation->setText(tr("Only %1 for the best guess", "percentage").arg(percentage));
    }
    m_bars->setValues(prediction.probabilities, prediction.digit, prediction.accepted);
    m_picture->setImage(prediction.image);
    m_time->setText(
        tr("Read in %1 ms").arg(QLocale().toString(prediction.forwardMicroseconds / 1000, 'f', 2)));
}

void PredictionView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange) {
        applyPalette();
        refresh();
    }
    QWidget::changeEvent(event);
}

void PredictionView::applyPalette()
{
    for (QLabel* label : {m_explanation, m_caption, m_time, m_model}) {
        setColor(label, secondaryText(palette()));
    }
}

} // namespace digitpad
