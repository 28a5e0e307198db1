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
constexpr int leastScoreHeight = 28;

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

} // namespace

PredictionView::PredictionView(QWidget* parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("predictionView"));
    setFixedWidth(viewWidth);
    buildGuess();
    buildFailure();
    buildScoreRow();
    buildDetails();

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_guess);
    layout->addWidget(m_failure);
    layout->addLayout(m_scoreRow);
    layout->addWidget(m_details);
    layout->addStretch(1);
    connect(m_bars, &ProbabilityBars::digitClicked, this, &PredictionView::digitClicked);
    applyPalette();
    showModel();
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

void PredictionView::buildScoreRow()
{
    m_score = makeLabel("digitScore", this);
    m_scoreRow = new QHBoxLayout;
    m_scoreRow->setSpacing(8);
    m_scoreRow->addWidget(m_score, 1);
    // As high as with text, so that nothing moves when there is some.
    m_scoreRow->addStrut(std::max(leastScoreHeight, fontMetrics().height()));
}

void PredictionView::setCornerWidget(QWidget* widget)
{
    m_scoreRow->addWidget(widget);
}

void PredictionView::buildDetails()
{
    m_details = new QWidget(this);
    m_bars = new ProbabilityBars(m_details);
    buildPicture();
    auto* layout = new QVBoxLayout(m_details);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->setSpacing(16);
    layout->addWidget(m_bars);
    layout->addWidget(m_pictureRow);
}

void PredictionView::setDetailsVisible(bool visible)
{
    m_details->setVisible(visible);
}

void PredictionView::buildPicture()
{
    m_pictureRow = new QWidget(m_details);
    m_picture = new DigitPreview(m_pictureRow);
    m_caption = makeWrappedLabel("caption", m_pictureRow);
    m_caption->setText(tr("What the network gets: 28 × 28 pixels"));
    m_time = makeWrappedLabel("time", m_pictureRow);
    m_model = makeWrappedLabel("modelName", m_pictureRow);
    m_modelLimit = makeWrappedLabel("modelLimit", m_pictureRow);
    m_modelLimit->setText(tr("This model cannot tell what is no digit."));
    m_modelLimit->setToolTip(
        tr("Its file does not say how to tell digits from letters and scribbles, so it names a digit "
           "whatever is drawn. Train it again in the Training tab, or load another model."));

    auto* facts = new QVBoxLayout;
    facts->setSpacing(6);
    facts->addWidget(m_caption);
    facts->addWidget(m_time);
    facts->addWidget(m_model);
    facts->addWidget(m_modelLimit);
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

void PredictionView::setModel(const QString& name, const std::optional<DigitScoring>& scoring)
{
    m_modelName = name;
    m_scoring = scoring;
    showModel();
    refresh();
}

void PredictionView::showModel()
{
    m_model->setText(m_modelName.isEmpty() ? QString() : tr("Model: %1").arg(m_modelName));
    m_modelLimit->setVisible(!m_modelName.isEmpty() && !m_scoring);
    m_score->setToolTip(
        m_scoring ? tr("How much the drawing is like the digits that the network learned, and unlike "
                       "letters, symbols and scribbles, from 0\u00A0% to 100\u00A0%. From %1 on it is "
                       "taken for a digit.")
                        .arg(percentageText(static_cast<float>(m_scoring->threshold)))
                  : QString());
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
    showDigit(QStringLiteral("–"), tr("No digit"),
              mixed(palette().color(QPalette::WindowText), palette().color(QPalette::Window), 0.25));
    m_score->clear();
    m_headline->setText(headline);
    m_explanation->setText(explanation);
    m_bars->clear();
    m_picture->setImage({});
    m_time->clear();
}

void PredictionView::showGuess(const Prediction& prediction)
{
    const Verdict verdict = verdictOf(prediction);
    const bool digit = verdict != Verdict::NoDigit;
    showVerdict(prediction);
    m_score->setText(digitScoreText(prediction));
    m_bars->setValues(prediction.probabilities, digit ? prediction.digit : -1, verdict == Verdict::Digit);
    m_picture->setImage(prediction.image);
    m_time->setText(
        tr("Read in %1 ms").arg(QLocale().toString(prediction.forwardMicroseconds / 1000, 'f', 2)));
}

void PredictionView::showVerdict(const Prediction& prediction)
{
    const Verdict verdict = verdictOf(prediction);
    if (verdict == Verdict::NoDigit) {
        showDigit(QStringLiteral("?"), tr("No digit"), secondaryText(palette()));
        m_headline->setText(tr("That does not look like a digit"));
        m_explanation->setText(tr("Closest: %1", "digit").arg(prediction.digit));
        return;
    }
    const bool sure = verdict == Verdict::Digit;
    const QString percentage = percentageText(prediction.confidence);
    showDigit(QString::number(prediction.digit), tr("Best guess: %1").arg(prediction.digit),
              sure ? palette().color(QPalette::WindowText) : toneColors(palette(), Tone::Warning).accent);
    m_headline->setText(sure ? tr("%1 sure", "percentage").arg(percentage) : doubtText(prediction));
    m_explanation->setText(sure ? QString() : tr("Only %1 for the best guess", "percentage").arg(percentage));
}

void PredictionView::showDigit(const QString& text, const QString& accessibleName, const QColor& color)
{
    m_digit->setText(text);
    m_digit->setAccessibleName(accessibleName);
    setColor(m_digit, color);
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
    for (QLabel* label : {m_explanation, m_score, m_caption, m_time, m_model, m_modelLimit}) {
        setColor(label, secondaryText(palette()));
    }
}

} // namespace digitpad
