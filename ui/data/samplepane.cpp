#include "ui/data/samplepane.h"

#include "ui/data/dataitems.h"
#include "ui/data/datatext.h"
#include "ui/data/pixelgrid.h"
#include "ui/gallery/pageactions.h"
#include "ui/training/formfield.h"
#include "ui/training/samplestrip.h"
#include "ui/training/trainingtext.h"
#include "ui/widgets/inbackground.h"

#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

namespace digitpad {

namespace {

constexpr int paneWidth = 260;

using Images = std::vector<DigitImage>;

Images varied(const std::shared_ptr<const DigitSet>& set, std::vector<SampleOrigin> origins,
              const AugmentationOptions& options, std::uint64_t seed)
{
    Images images(set->size());
    const auto renderer = augmenter(set, std::move(origins), options);
    for (std::size_t i = 0; i < images.size(); ++i) {
        renderer->render(i, seed, images[i].pixels.data());
    }
    return images;
}

} // namespace

SamplePane::SamplePane(DataItems* items, const QList<QAction*>& actions, QWidget* parent)
    : QWidget(parent)
    , m_items(items)
    , m_grid(new PixelGrid(this))
    , m_title(new QLabel(this))
    , m_facts(new NoteLabel({}, this))
    , m_strip(new SampleStrip(this))
    , m_stripNote(new NoteLabel({}, this))
{
    setObjectName(QStringLiteral("samplePane"));
    setFixedWidth(paneWidth);
    m_grid->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    m_grid->setFixedSize(paneWidth, paneWidth - 8);
    m_title->setObjectName(QStringLiteral("sampleTitle"));
    m_title->setTextFormat(Qt::PlainText);
    QFont bold = m_title->font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_facts->setObjectName(QStringLiteral("sampleFacts"));
    m_facts->setWordWrap(true);
    m_facts->setTextFormat(Qt::PlainText);
    m_facts->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_stripNote->setObjectName(QStringLiteral("variationNote"));
    m_stripNote->setWordWrap(true);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_grid);
    layout->addWidget(m_title);
    layout->addWidget(m_facts);
    layout->addSpacing(4);
    layout->addLayout(makeActionButtons(actions, this));
    layout->addSpacing(8);
    layout->addWidget(m_stripNote);
    layout->addWidget(m_strip);
    layout->addStretch(1);
    connect(m_strip, &SampleStrip::clicked, this, [this] {
        ++m_seed;
        vary();
    });
    show(-1, 0, {});
}

void SamplePane::setOrigins(const std::vector<SampleOrigin>* origins)
{
    m_origins = origins;
}

void SamplePane::setAugmentation(const std::optional<AugmentationOptions>& options)
{
    if (m_augmentation != options) {
        m_augmentation = options;
        vary();
    }
}

void SamplePane::show(int row, int selected, const std::vector<std::size_t>& samples)
{
    m_grid->setImage(row < 0 ? DigitImage() : m_items->set().digitImage(m_items->sampleAt(row)));
    showFacts(row, selected);
    std::vector<std::size_t> strip = samples;
    if (strip.empty() && row >= 0) {
        strip.push_back(m_items->sampleAt(row));
    }
    if (m_samples != strip || strip.empty()) {
        m_samples = std::move(strip);
        vary();
    }
}

void SamplePane::showFacts(int row, int selected)
{
    if (row < 0) {
        m_title->setText(m_items->count() == 0 ? tr("Nothing to show") : tr("Nothing selected"));
        m_facts->setText(m_items->count() == 0
                             ? tr("No image passes the filter; choose another one above.")
                             : tr("Click an image, or go through them with the arrow keys. Return shows "
                                  "it with its values."));
        return;
    }
    const std::size_t sample = m_items->sampleAt(row);
    const QLocale locale = numberLocale();
    const DigitStatistics& statistics = m_items->statistics();
    m_title->setText(selected > 1 ? tr("%1 selected").arg(imagesText(selected))
                                  : tr("Image %1: %2")
                                        .arg(countText(static_cast<qint64>(sample)),
                                             className(m_items->set().labels[sample])));
    QStringList lines{tr("%1 pixels of ink, strokes of %2 px")
                          .arg(locale.toString(statistics.inkOfImage[sample], 'f', 1),
                               locale.toString(statistics.strokeWidthOfImage[sample], 'f', 1))};
    if (const std::uint32_t first = statistics.firstEqual[sample];
        first != sample && statistics.inkOfImage[sample] > 0) {
        lines += tr("The same as image %1").arg(countText(first));
    }
    if (const SampleReading* reading = m_items->reading(sample); reading != nullptr && reading->digit >= 0) {
        lines += tr("Read as %1, %2").arg(reading->digit).arg(percentText(double(reading->confidence), 1));
    }
    m_facts->setText(lines.join(u'\n'));
}

/// Some renderings take a millisecond: not here.
void SamplePane::vary()
{
    const int request = ++m_request;
    const bool possible = !m_samples.empty() && m_origins != nullptr;
    const bool varies = m_augmentation && *m_augmentation != AugmentationOptions();
    m_stripNote->setVisible(possible);
    m_strip->setVisible(possible && varies);
    if (!possible) {
        return;
    }
    m_stripNote->setText(varies
                             ? tr("As training would vary it, with the options of the Training tab:")
                             : tr("With the options of the Training tab, samples do not vary from epoch to "
                                  "epoch; choose variations there to see them here."));
    if (!varies) {
        return;
    }
    auto set = std::make_shared<const DigitSet>(subset(m_items->set(), m_samples));
    std::vector<SampleOrigin> origins;
    for (const std::size_t sample : m_samples) {
        origins.push_back(sample < m_origins->size() ? (*m_origins)[sample] : SampleOrigin());
    }
    // One image alone fills the strip with what may come of it.
    const bool alone = set->size() == 1;
    if (alone) {
        const std::vector<std::size_t> copies(SampleStrip::samples, 0);
        set = std::make_shared<const DigitSet>(subset(*set, copies));
        origins.resize(copies.size(), origins.front());
    }
    Images plain;
    for (std::size_t i = 0; i < set->size(); ++i) {
        plain.push_back(set->digitImage(i));
    }
    inBackground([set, origins = std::move(origins), options = *m_augmentation, seed = m_seed] {
        return varied(set, origins, options, seed);
    }).then(this, [this, request, plain = std::move(plain)](const Images& images) {
        if (request == m_request) {
            m_strip->setSamples(plain, images);
        }
    });
}

} // namespace digitpad
