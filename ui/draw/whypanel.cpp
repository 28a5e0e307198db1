#include "ui/draw/whypanel.h"

#include "ui/draw/colorlegend.h"
#include "ui/draw/layerview.h"
#include "ui/draw/rivalpicker.h"
#include "ui/draw/saliencymap.h"
#include "ui/draw/verdict.h"
#include "ui/draw/whytext.h"
#include "ui/widgets/tones.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QScrollArea>
#include <QStackedLayout>
#include <QStyle>
#include <QVBoxLayout>

namespace digitpad {

namespace {

constexpr int panelWidth = 320;

QLabel* makeLabel(const char* name, QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setObjectName(QLatin1String(name));
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

QLabel* makeTitle(const char* name, QWidget* parent)
{
    QLabel* label = makeLabel(name, parent);
    QFont font = label->font();
    font.setBold(true);
    label->setFont(font);
    return label;
}

/// Room for `lines`, so that nothing below moves when the words change.
void reserveLines(QLabel* label, int lines)
{
    label->setMinimumHeight(label->fontMetrics().lineSpacing() * lines);
    label->setAlignment(Qt::AlignLeft | Qt::AlignTop);
}

} // namespace

WhyPanel::WhyPanel(QWidget* parent)
    : QWidget(parent)
    , m_explainer(new Explainer(this))
    , m_pages(new QStackedLayout(this))
{
    setObjectName(QStringLiteral("whyPanel"));
    setFixedWidth(panelWidth);
    buildNothing();
    buildExplanation();
    connectParts();
    applyPalette();
    ask();
}

WhyPanel::~WhyPanel() = default;

void WhyPanel::buildNothing()
{
    m_nothing = new QWidget(this);
    m_nothingText = makeLabel("whyNothing", m_nothing);
    auto* layout = new QVBoxLayout(m_nothing);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->addWidget(m_nothingText);
    layout->addStretch(1);
    m_pages->addWidget(m_nothing);
}

void WhyPanel::buildExplanation()
{
    auto* scroll = new QScrollArea(this);
    scroll->setObjectName(QStringLiteral("whyScroll"));
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidgetResizable(true);
    auto* content = new QWidget(scroll);
    // With room for the bar, so that nothing moves when it comes or goes.
    content->setFixedWidth(panelWidth - style()->pixelMetric(QStyle::PM_ScrollBarExtent));
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 4, 8, 4);
    layout->setSpacing(10);
    layout->addWidget(makeMaps(content));
    layout->addWidget(makeRivalRow(content));
    layout->addWidget(makeLayer(content));
    layout->addStretch(1);
    scroll->setWidget(content);
    // The palette's window colour, not the base colour of lists.
    scroll->viewport()->setAutoFillBackground(false);
    content->setAutoFillBackground(false);
    m_explanation = scroll;
    m_pages->addWidget(scroll);
}

WhyPanel::MapColumn WhyPanel::makeMapColumn(const char* name, QWidget* parent)
{
    MapColumn column{makeTitle(name, parent), new SaliencyMap(parent), new ColorLegend(parent)};
    column.map->setObjectName(QLatin1String(name) + QStringLiteral("Map"));
    column.legend->setObjectName(QLatin1String(name) + QStringLiteral("Legend"));
    column.legend->setFixedWidth(column.map->sizeHint().width());
    column.title->setAlignment(Qt::AlignLeft | Qt::AlignBottom);
    return column;
}

QWidget* WhyPanel::makeMaps(QWidget* parent)
{
    auto* maps = new QWidget(parent);
    m_forDigit = makeMapColumn("forDigit", maps);
    m_againstRival = makeMapColumn("againstRival", maps);
    m_mapWords = makeLabel("mapWords", maps);
    m_mapWords->setToolTip(
        tr("The numbers are what the ink added to the network’s sum for the digit (its logit), before the "
           "sums become percentages. Computed with integrated gradients, from a blank picture on."));
    reserveLines(m_mapWords, 3);
    auto* layout = new QGridLayout(maps);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setHorizontalSpacing(8);
    layout->setVerticalSpacing(5);
    int place = 0;
    for (const MapColumn& column : {m_forDigit, m_againstRival}) {
        layout->addWidget(column.title, 0, place);
        layout->addWidget(column.map, 1, place, Qt::AlignLeft);
        layout->addWidget(column.legend, 2, place, Qt::AlignLeft);
        ++place;
    }
    layout->setColumnStretch(1, 1);
    layout->addWidget(m_mapWords, 3, 0, 1, 2);
    return maps;
}

QWidget* WhyPanel::makeRivalRow(QWidget* parent)
{
    auto* row = new QWidget(parent);
    auto* title = makeTitle("rivalTitle", row);
    title->setText(tr("Rather than which digit?"));
    m_rivals = new RivalPicker(row);
    m_rivals->setAccessibleName(title->text());
    auto* layout = new QVBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addWidget(title);
    layout->addWidget(m_rivals);
    return row;
}

QWidget* WhyPanel::makeLayer(QWidget* parent)
{
    auto* part = new QWidget(parent);
    auto* title = makeTitle("layerTitle", part);
    title->setText(tr("What the first layer sees"));
    m_layerWords = makeLabel("layerWords", part);
    m_unitWords = makeLabel("unitWords", part);
    m_layer = new LayerView(part);
    auto* layout = new QVBoxLayout(part);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(title);
    layout->addWidget(m_layerWords);
    layout->addWidget(m_unitWords);
    layout->addSpacing(4);
    layout->addWidget(m_layer);
    return part;
}

void WhyPanel::connectParts()
{
    connect(m_explainer, &Explainer::explained, this, &WhyPanel::showExplained);
    connect(m_explainer, &Explainer::failed, this, &WhyPanel::showNothing);
    connect(m_rivals, &RivalPicker::chosen, this, [this](int digit) {
        m_chosenRival = digit;
        ask();
    });
    connect(m_forDigit.map, &SaliencyMap::pixelPointedAt, this, &WhyPanel::sayMap);
    connect(m_againstRival.map, &SaliencyMap::pixelPointedAt, this, &WhyPanel::sayMap);
    connect(m_layer, &LayerView::unitPointedAt, this, &WhyPanel::sayUnit);
}

void WhyPanel::setModel(std::shared_ptr<const Model> model)
{
    m_model = std::move(model);
    m_prediction.reset(); // It was another model's; the drawing is read again.
    m_explainer->cancel();
}

void WhyPanel::setState(Recognizer::State state)
{
    m_state = state;
    ask();
}

void WhyPanel::setPadEmpty(bool empty)
{
    if (m_padEmpty != empty) {
        m_padEmpty = empty;
        m_prediction.reset(); // It was of another drawing.
        m_chosenRival.reset();
        ask();
    }
}

void WhyPanel::setPrediction(const Prediction& prediction)
{
    m_prediction = prediction;
    ask();
}

int WhyPanel::rival() const
{
    const bool chosen = m_chosenRival && *m_chosenRival != m_prediction->digit;
    return chosen ? *m_chosenRival : runnerUp(*m_prediction);
}

void WhyPanel::ask()
{
    if (!isVisible()) {
        return;
    }
    if (m_state == Recognizer::State::Failed) {
        showNothing(tr("Drawings cannot be read, so there is nothing to explain."));
    } else if (m_state == Recognizer::State::Loading) {
        showNothing(tr("The recogniser is loading."));
    } else if (m_padEmpty || (m_prediction && m_prediction->digit < 0)) {
        showNothing(tr("Draw a digit, and see here which ink speaks for the guess, and which against it."));
    } else if (m_model && m_prediction) {
        m_explainer->explain(m_model, m_prediction->image, m_prediction->digit, rival());
    }
}

void WhyPanel::showNothing(const QString& text)
{
    m_explainer->cancel();
    m_nothingText->setText(text);
    m_pages->setCurrentWidget(m_nothing);
}

void WhyPanel::showExplained(const ExplainedImage& explained)
{
    m_explained = explained;
    Explanation& why = m_explained.explanation;
    why.forDigit = sharedAlongInk(explained.image, why.forDigit);
    why.againstRival = sharedAlongInk(explained.image, why.againstRival);
    m_forDigit.title->setText(tr("What spoke for %1").arg(why.digit));
    m_forDigit.map->setValues(explained.image, why.forDigit);
    m_forDigit.legend->setWords(tr("against"), tr("for %1").arg(why.digit));
    m_againstRival.title->setText(tr("For %1 rather than %2").arg(why.digit).arg(why.rival));
    m_againstRival.map->setValues(explained.image, why.againstRival);
    m_againstRival.legend->setWords(tr("for %1").arg(why.rival), tr("for %1").arg(why.digit));
    m_rivals->setDigits(why.digit, why.rival, m_prediction->probabilities);
    m_layer->setResponses(why.firstLayer);
    m_layerWords->setText(layerWords(why.firstLayer, static_cast<int>(m_layer->units().size())));
    m_layer->setAccessibleDescription(m_layerWords->text());
    for (const MapColumn& column : {m_forDigit, m_againstRival}) {
        column.map->setAccessibleName(column.title->text());
        column.map->setAccessibleDescription(mapWords(why));
    }
    sayMap();
    sayUnit();
    m_pages->setCurrentWidget(m_explanation);
}

void WhyPanel::sayMap()
{
    if (const int pixel = m_forDigit.map->pointedPixel(); pixel >= 0) {
        m_mapWords->setText(pixelWordsForDigit(m_explained, pixel));
    } else if (const int other = m_againstRival.map->pointedPixel(); other >= 0) {
        m_mapWords->setText(pixelWordsAgainstRival(m_explained, other));
    } else {
        m_mapWords->setText(mapWords(m_explained.explanation));
    }
}

void WhyPanel::sayUnit()
{
    const int unit = m_layer->pointedUnit();
    m_unitWords->setText(unit < 0 ? tr("Point at one to read its answer.")
                                  : unitWords(m_layer->responses(), unit, m_layer->strongest(unit)));
}

void WhyPanel::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    ask();
}

void WhyPanel::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    m_explainer->cancel();
}

void WhyPanel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange) {
        applyPalette();
    }
    QWidget::changeEvent(event);
}

void WhyPanel::applyPalette()
{
    for (QLabel* label : {m_nothingText, m_mapWords, m_layerWords, m_unitWords}) {
        QPalette colors = label->palette();
        colors.setColor(QPalette::WindowText, secondaryText(palette()));
        label->setPalette(colors);
    }
}

} // namespace digitpad
