#include "ui/data/overviewpage.h"

#include "ui/data/barchart.h"
#include "ui/data/classfigure.h"
#include "ui/data/dataitems.h"
#include "ui/data/datatext.h"
#include "ui/data/facts.h"
#include "ui/training/formfield.h"
#include "ui/training/trainingtext.h"
#include "ui/widgets/bold.h"
#include "ui/widgets/tones.h"

#include <QEvent>
#include <QFormLayout>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace digitpad {

namespace {

constexpr qsizetype shownWarnings = 6;
constexpr qsizetype shownGroups = 8;

/// In a few words where many, a link-like button where there are some to see.
void setCountButton(QPushButton* button, std::size_t count, const QString& text)
{
    button->setText(count == 0 ? OverviewPage::tr("None") : text);
    button->setEnabled(count > 0);
}

} // namespace

OverviewPage::OverviewPage(QWidget* parent)
    : QScrollArea(parent)
    , m_content(new QWidget(this))
    , m_classes(new BarChart(tr("Images of each class"), m_content))
    , m_values(new BarChart(tr("Values of the pixels"), m_content))
    , m_inks(new BarChart(tr("Ink of the images"), m_content))
    , m_figure(new ClassFigure(m_content))
{
    setObjectName(QStringLiteral("overviewPage"));
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_classes->setObjectName(QStringLiteral("classChart"));
    m_classes->setChoosable(true);
    m_values->setObjectName(QStringLiteral("valueChart"));
    m_values->setLogarithmic(true);
    m_inks->setObjectName(QStringLiteral("inkChart"));
    auto* grid = new QGridLayout;
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(28);
    grid->setVerticalSpacing(18);
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(1, 1);
    grid->addWidget(makeSection(tr("Facts"), {}, makeFacts()), 0, 0);
    grid->addWidget(makeSection(tr("Images of each class"), tr("A click shows them."), m_classes), 0, 1,
                    Qt::AlignTop);
    grid->addWidget(makeSection(tr("Values of the pixels"),
                                tr("0 is paper, 255 is full ink; heights are "
                                   "logarithmic."),
                                m_values),
                    1, 0);
    grid->addWidget(makeSection(tr("Ink of the images"),
                                tr("The sum of an image's values, in pixels of full ink."), m_inks),
                    1, 1);
    grid->addWidget(
        makeSection(tr("The classes"),
                    tr("The average image, how much each pixel deviates from it, and how wide the "
                       "strokes are; the line is the median."),
                    m_figure),
        2, 0, 1, 2);
    grid->addWidget(makeSection(tr("In training"), {}, makeSplit()), 3, 0, 1, 2);
    auto* layout = new QVBoxLayout(m_content);
    layout->setContentsMargins(0, 0, 8, 0);
    layout->addLayout(grid);
    layout->addStretch(1);
    setWidget(m_content);
    connect(m_classes, &BarChart::barChosen, this,
            [this](int bar) { Q_EMIT filterRequested(m_classLabels[static_cast<std::size_t>(bar)]); });
    connect(m_figure, &ClassFigure::labelChosen, this, &OverviewPage::filterRequested);
    connect(m_duplicates, &QPushButton::clicked, this,
            [this] { Q_EMIT filterRequested(DataItems::Duplicates); });
    connect(m_blank, &QPushButton::clicked, this, [this] { Q_EMIT filterRequested(DataItems::Blank); });
    verticalScrollBar()->setSingleStep(40);
}

QWidget* OverviewPage::makeSection(const QString& title, const QString& help, QWidget* content)
{
    auto* section = new QWidget(m_content);
    auto* head = new QLabel(title, section);
    makeBold(head);
    auto* layout = new QVBoxLayout(section);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(head);
    if (!help.isEmpty()) {
        auto* note = new NoteLabel(help, section);
        note->setWordWrap(true);
        layout->addWidget(note);
    }
    layout->addWidget(content);
    layout->addStretch(1);
    return section;
}

QWidget* OverviewPage::makeFacts()
{
    auto* facts = new QWidget(m_content);
    auto* layout = new QFormLayout(facts);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setHorizontalSpacing(16);
    layout->setVerticalSpacing(5);
    layout->setLabelAlignment(Qt::AlignLeft);
    m_images = addFact(layout, "factImages", tr("Images"), {});
    m_format = addFact(layout, "factFormat", tr("Each of them"), {});
    m_bytes = addFact(layout, "factBytes", tr("In memory"), tr("Pixels and labels, without compression"));
    m_moments = addFact(layout, "factMoments", tr("Mean, deviation"),
                        tr("Of all pixels, scaled to 0–1: what “normalise exactly” means in training"));
    m_ink = addFact(layout, "factInk", tr("Ink"), tr("Of nine tenths of the images, in pixels of full ink"));
    m_hands = addFact(layout, "factHands", tr("Hands"),
                      tr("Writers or sources that the collection names; validation takes whole ones"));
    m_handsTitle = qobject_cast<QLabel*>(layout->labelForField(m_hands));
    const auto addButton = [&](const char* name, const QString& title, const QString& tip) {
        auto* button = new QPushButton(facts);
        button->setObjectName(QLatin1String(name));
        button->setToolTip(tip);
        button->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
        layout->addRow(new NoteLabel(title, facts), button);
        return button;
    };
    m_duplicates = addButton("factDuplicates", tr("Duplicates"),
                             tr("Images with the same bytes as one before them; a click shows them"));
    m_blank = addButton("factBlank", tr("Empty"), tr("Images without any ink; a click shows them"));
    m_warnings = new QLabel(facts);
    m_warnings->setObjectName(QStringLiteral("factWarnings"));
    m_warnings->setWordWrap(true);
    m_warnings->setTextFormat(Qt::PlainText);
    m_warnings->setMargin(8);
    m_warnings->setAutoFillBackground(true);
    layout->addRow(m_warnings);
    return facts;
}

QWidget* OverviewPage::makeSplit()
{
    auto* split = new QWidget(m_content);
    m_split = new QLabel(split);
    m_split->setObjectName(QStringLiteral("splitText"));
    m_split->setWordWrap(true);
    m_split->setTextFormat(Qt::PlainText);
    m_split->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* layout = new QVBoxLayout(split);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_split);
    return split;
}

void OverviewPage::setFacts(const ExploredData& explored, bool test)
{
    const DigitStatistics& statistics = test ? explored.test : explored.training;
    const DigitSet& set = test ? explored.data.test : explored.data.training;
    const QLocale locale = numberLocale();
    m_images->setText(countText(static_cast<qint64>(statistics.images)));
    m_format->setText(tr("28 × 28 pixels of unsigned bytes, values %1 to %2")
                          .arg(statistics.lowest)
                          .arg(statistics.highest));
    m_bytes->setText(bytesText(static_cast<qint64>(statistics.bytes)));
    m_moments->setText(tr("%1, %2").arg(locale.toString(statistics.pixels.mean, 'f', 6),
                                        locale.toString(statistics.pixels.standardDeviation, 'f', 6)));
    m_ink->setText(tr("%1 to %2 pixels, %3 in the median")
                       .arg(locale.toString(statistics.ink.quantile(0.05), 'f', 0),
                            locale.toString(statistics.ink.quantile(0.95), 'f', 0),
                            locale.toString(statistics.ink.quantile(0.5), 'f', 0)));
    m_hands->setText(countText(static_cast<qint64>(set.groupNames.size())));
    m_hands->setVisible(!set.groupNames.empty());
    m_handsTitle->setVisible(!set.groupNames.empty());
    const QString copies = countText(static_cast<qint64>(statistics.duplicates));
    setCountButton(m_duplicates, statistics.duplicates,
                   statistics.contradictory == 0
                       ? copies
                       : tr("%1, %2 of them with another label")
                             .arg(copies, countText(static_cast<qint64>(statistics.contradictory))));
    setCountButton(m_blank, statistics.blank.size(), countText(static_cast<qint64>(statistics.blank.size())));
}

void OverviewPage::setWarnings(const QStringList& warnings)
{
    QStringList lines = warnings.mid(0, shownWarnings);
    if (warnings.size() > shownWarnings) {
        lines += tr("… and %1 more.").arg(warnings.size() - shownWarnings);
    }
    m_warnings->setText(lines.join(u'\n'));
    m_warnings->setVisible(!warnings.isEmpty());
    const ToneColors colors = toneColors(palette(), Tone::Warning);
    QPalette own = palette();
    own.setColor(QPalette::Window, colors.background);
    own.setColor(QPalette::WindowText, colors.text);
    m_warnings->setPalette(own);
}

void OverviewPage::setCharts(const DigitStatistics& statistics)
{
    QList<BarChart::Bar> classes;
    m_classLabels.clear();
    for (int label = 0; label <= noDigitLabel; ++label) {
        const auto count = static_cast<qint64>(statistics.classes[static_cast<std::size_t>(label)].images);
        if (label < digitClasses || count > 0) {
            m_classLabels.push_back(label);
            classes.append({static_cast<double>(count),
                            label == noDigitLabel ? tr("none") : QString::number(label),
                            tr("%1: %2 (%3)")
                                .arg(className(label), imagesText(count),
                                     percentText(static_cast<double>(count) /
                                                     std::max(1.0, static_cast<double>(statistics.images)),
                                                 1))});
        }
    }
    m_classes->setBars(classes);
    QList<BarChart::Bar> values;
    for (int value = 0; value < 256; ++value) {
        const auto count = static_cast<qint64>(statistics.values[static_cast<std::size_t>(value)]);
        values.append({static_cast<double>(count), value % 51 == 0 ? QString::number(value) : QString(),
                       tr("Value %1: %2 pixels").arg(value).arg(countText(count))});
    }
    m_values->setBars(values);
    // Empty bins at the upper end say nothing.
    std::size_t bins = statistics.ink.counts.size();
    while (bins > 10 && statistics.ink.counts[bins - 1] == 0) {
        --bins;
    }
    QList<BarChart::Bar> inks;
    const double width = statistics.ink.binWidth;
    for (std::size_t bin = 0; bin < bins; ++bin) {
        const auto from = std::llround(static_cast<double>(bin) * width);
        inks.append({static_cast<double>(statistics.ink.counts[bin]),
                     from % 50 == 0 ? QString::number(from) : QString(),
                     tr("%1 to %2 pixels: %3")
                         .arg(from)
                         .arg(from + std::llround(width))
                         .arg(imagesText(static_cast<qint64>(statistics.ink.counts[bin])))});
    }
    m_inks->setBars(inks);
}

void OverviewPage::setData(const ExploredData& explored, bool test)
{
    setFacts(explored, test);
    setWarnings(explored.data.warnings);
    const DigitStatistics& statistics = test ? explored.test : explored.training;
    setCharts(statistics);
    m_figure->setStatistics(statistics);
}

void OverviewPage::setSplitUnknown()
{
    m_split->setText(tr("Being worked out…"));
}

void OverviewPage::setSplit(const SplitPreview& split)
{
    if (!split.problem.isEmpty()) {
        m_split->setText(tr("The options of the Training tab do not fit these data: %1").arg(split.problem));
        return;
    }
    const auto spread = [](const std::array<std::size_t, labelClasses>& counts) {
        const auto [least, most] = std::minmax_element(counts.begin(), counts.begin() + digitClasses);
        return tr("%1 to %2 of each digit")
            .arg(countText(static_cast<qint64>(*least)), countText(static_cast<qint64>(*most)));
    };
    QString text =
        tr("With the options of the Training tab, %1 would be learned from (%2), %3 would be kept for "
           "validation (%4)")
            .arg(imagesText(static_cast<qint64>(split.training)), spread(split.trainingLabels),
                 imagesText(static_cast<qint64>(split.validation)), spread(split.validationLabels));
    text += split.test > 0
                ? tr(", and %1 would be the test.").arg(imagesText(static_cast<qint64>(split.test)))
                : tr("; there is no test set.");
    if (!split.validationGroups.isEmpty()) {
        const QStringList some = split.validationGroups.mid(0, shownGroups);
        text += u' ' +
                (split.validationGroups.size() > shownGroups
                     ? tr("Validation has %1 hands to itself: %2, ….")
                           .arg(split.validationGroups.size())
                           .arg(some.join(QStringLiteral(", ")))
                     : tr("Validation has these hands to itself: %1.").arg(some.join(QStringLiteral(", "))));
    }
    m_split->setText(text);
}

void OverviewPage::changeEvent(QEvent* event)
{
    QScrollArea::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_warnings != nullptr && m_warnings->isVisibleTo(this)) {
        setWarnings(m_warnings->text().split(u'\n'));
    }
}

} // namespace digitpad
