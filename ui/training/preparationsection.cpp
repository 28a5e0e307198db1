#include "ui/training/preparationsection.h"

#include "ui/training/disclosure.h"
#include "ui/training/fieldgroup.h"
#include "ui/training/formfield.h"
#include "ui/training/numberfield.h"
#include "ui/training/samplestrip.h"
#include "ui/training/trainingtext.h"
#include "ui/training/variationlist.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>

namespace digitpad {

namespace {

/// Something varies: a part that is left alone is not enough.
bool varies(AugmentationOptions options)
{
    options.plain = 0;
    options.plainPictures = 0;
    options.mildPictures = 0;
    return options != AugmentationOptions();
}

QLabel* stepLabel(const QString& help, QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setToolTip(wrappedTip(help));
    return label;
}

} // namespace

PreparationSection::PreparationSection(QWidget* parent)
    : FormSection(QStringLiteral("preparation"), tr("Preparation"), parent)
    , m_previewer(new SamplePreviewer(this))
{
    makeVariations();
    makeFixedSteps();
    makePreview();
    watchEditors();
    connect(m_vary, &QCheckBox::toggled, this, &PreparationSection::onVaryToggled);
    for (const VariationList* list : {m_usual, m_expert}) {
        connect(list, &VariationList::edited, this, &PreparationSection::edited);
    }
    connect(m_previewer, &SamplePreviewer::drawn, this, &PreparationSection::onPreview);
    showSteps();
    showStatistics();
}

void PreparationSection::makeVariations()
{
    m_vary = new QCheckBox(tr("Var&y the training images"), this);
    addGroup()->addBox(m_vary, QStringLiteral("vary"),
                       tr("Augmentation: draws each digit a little differently in every epoch, as other "
                          "hands and pens would. "
                          "The network reads people’s digits better, and needs more epochs for it."));
    m_usual = new VariationList(usualVariations(), this);
    addWide(m_usual);
    FieldGroup* expert = addMore();
    m_expert = new VariationList(moreVariations(), this);
    expert->addWide(m_expert);
    auto* plainEpochs = new QSpinBox(this);
    plainEpochs->setRange(0, 10'000);
    plainEpochs->setSpecialValueText(tr("None"));
    expert->add(tr("Plain epochs"), plainEpochs, QStringLiteral("plainEpochs"),
                tr("So many epochs at the end of the run see the images as they are, so that the network "
                   "ends with what it will meet. Usual: none, or a tenth of the run."));
    bind(plainEpochs, &TrainingOptions::plainEpochs);
}

void PreparationSection::makeFixedSteps()
{
    m_tensorStep = stepLabel(tr("The 28×28 bytes become a tensor of 1×28×28 numbers."), this);
    m_scaleStep = stepLabel(tr("Each number, 0 to 255, is divided by 255."), this);
    m_normaliseStep = stepLabel(tr("The mean is taken off each number, and the rest divided by the standard "
                                   "deviation, so that the network’s first layer begins in its best range."),
                                this);
    for (QLabel* label : {m_tensorStep, m_scaleStep, m_normaliseStep}) {
        addWide(label);
    }
    m_normalising = addGroup();
    m_normalization = m_normalising->addCombo(
        tr("Nor&malisation"), QStringLiteral("normalization"),
        tr("How pixels become numbers for the network: from −1 to 1 as most tutorials do, by the exact mean "
           "and standard deviation of the training images, or by your own. The model remembers it, so "
           "drawing uses the same."),
        {{QStringLiteral("half"), tr("From −1 to 1 (0.5, 0.5)")},
         {QStringLiteral("exact"), tr("Exact, of the data")},
         {QStringLiteral("own"), tr("My own values")}});
    using Steps = NumberField::Steps;
    auto* mean = new NumberField(Steps::Twentieths, 100, this);
    m_normalising->add(tr("Mean"), mean, QStringLiteral("mean"),
                       tr("Taken off each pixel, which is between 0 and 1. Usual: 0.1307 for MNIST, 0.5 for "
                          "any data."));
    bind(mean, &TrainingOptions::mean);
    auto* deviation = new NumberField(Steps::Twentieths, 100, this);
    m_normalising->add(tr("Deviation"), deviation, QStringLiteral("standardDeviation"),
                       tr("The standard deviation that each pixel is divided by. Usual: 0.3081 for MNIST, "
                          "0.5 for any data; above 0."));
    bind(deviation, &TrainingOptions::standardDeviation);
    m_statistics = new NoteLabel({}, this);
    m_statistics->setObjectName(QStringLiteral("pixelStatistics"));
    m_normalising->addWide(m_statistics);
}

void PreparationSection::makePreview()
{
    m_strip = new SampleStrip(this);
    addWide(m_strip);
    m_source = new NoteLabel(tr("Synthetic samples for now"), this);
    m_source->setObjectName(QStringLiteral("previewSource"));
    addWide(m_source);
    auto* another = new QPushButton(tr("Show other samples"), this);
    another->setObjectName(QStringLiteral("anotherPreview"));
    another->setToolTip(tr("Draws other samples, varied in another way."));
    addWide(another);
    connect(another, &QPushButton::clicked, this, &PreparationSection::drawAnother);
    connect(m_strip, &SampleStrip::clicked, this, &PreparationSection::drawAnother);
    connect(m_strip, &SampleStrip::shown, this, &PreparationSection::drawPreview);
}

AugmentationOptions PreparationSection::variations() const
{
    AugmentationOptions options;
    m_usual->store(options);
    m_expert->store(options);
    return options;
}

NormalizationChoice PreparationSection::normalization() const
{
    const QString chosen = m_normalization->currentData().toString();
    return chosen == u"exact" ? NormalizationChoice::Exact
           : chosen == u"own" ? NormalizationChoice::Own
                              : NormalizationChoice::Half;
}

void PreparationSection::store(RunOptions& options) const
{
    FormSection::store(options);
    options.training.normalization = normalization();
    const AugmentationOptions all = variations();
    options.data.augmentation.reset();
    if (m_vary->isChecked() && varies(all)) {
        options.data.augmentation = all;
    }
}

void PreparationSection::load(const RunOptions& options)
{
    m_showing = true;
    FormSection::load(options);
    const bool exact = options.training.normalization == NormalizationChoice::Exact;
    const bool own = options.training.normalization == NormalizationChoice::Own;
    m_normalization->setCurrentIndex(exact ? 1 : own ? 2 : 0);
    if (options.data.augmentation) {
        m_usual->load(*options.data.augmentation);
        m_expert->load(*options.data.augmentation);
    }
    m_vary->setChecked(options.data.augmentation && varies(*options.data.augmentation));
    m_showing = false;
    showSteps();
}

void PreparationSection::onVaryToggled(bool on)
{
    if (on && !m_showing && !varies(variations())) {
        m_usual->load(AugmentationOptions::usual());
        m_expert->load(AugmentationOptions::usual());
    }
    showSteps();
}

void PreparationSection::showSteps()
{
    const bool on = m_vary->isChecked();
    m_usual->setVisible(on);
    more()->setVisible(on);
    int next = m_usual->number(on ? 1 : 0);
    next = on ? next : 1;
    m_tensorStep->setText(tr("%1  To tensor").arg(next));
    m_scaleStep->setText(tr("%1  Scale to 0…1").arg(next + 1));
    m_normaliseStep->setText(tr("%1  Normalise").arg(next + 2));
    const bool own = normalization() == NormalizationChoice::Own;
    m_normalising->setRowVisible(field(QStringLiteral("mean")), own);
    m_normalising->setRowVisible(field(QStringLiteral("standardDeviation")), own);
}

void PreparationSection::showStatistics()
{
    const bool exact = normalization() == NormalizationChoice::Exact;
    m_normalising->setRowVisible(m_statistics, exact);
    if (!m_preview || !m_preview->statistics) {
        m_statistics->setText(tr("Computed from the training images when the run begins."));
        return;
    }
    const auto number = [this](double value) {
        return numberLocale().toString(value, 'f', m_preview->estimated ? 2 : 4);
    };
    const QString text = m_preview->estimated ? tr("Mean about %1, standard deviation about %2.")
                                              : tr("Mean %1, standard deviation %2.");
    m_statistics->setText(
        text.arg(number(m_preview->statistics->mean), number(m_preview->statistics->standardDeviation)));
}

void PreparationSection::follow(const RunOptions& options)
{
    m_data = options.data;
    showSteps();
    showStatistics();
    if (m_strip->isVisible()) {
        drawPreview();
    }
}

void PreparationSection::drawPreview()
{
    if (m_drawn != m_data && !m_data.parts.isEmpty()) {
        m_drawn = m_data;
        m_previewer->draw(m_data, SampleStrip::samples, m_seed);
    }
}

void PreparationSection::drawAnother()
{
    ++m_seed;
    m_drawn.reset();
    drawPreview();
}

void PreparationSection::onPreview(const SamplePreview& preview)
{
    m_preview = preview;
    m_strip->setSamples(preview.plain, preview.varied);
    // One line each, so that nothing moves.
    m_source->setText(!preview.standIns           ? tr("Samples of the data")
                      : preview.problem.isEmpty() ? tr("Synthetic samples for now")
                                                  : tr("Synthetic samples: no data to show"));
    m_source->setToolTip(preview.problem.isEmpty() ? QString() : wrappedTip(preview.problem));
    showStatistics();
}

QString PreparationSection::summary(const RunOptions& options) const
{
    return options.data.augmentation ? tr("varied, %1").arg(m_normalization->currentText())
                                     : m_normalization->currentText();
}

void PreparationSection::setLocked(const QString& reason)
{
    FormSection::setLocked(reason);
    m_usual->setLocked(reason);
    m_expert->setLocked(reason);
}

} // namespace digitpad
