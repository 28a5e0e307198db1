#include "ui/training/regularisationsection.h"

#include "ui/training/fieldgroup.h"
#include "ui/training/formfield.h"
#include "ui/training/numberfield.h"

namespace digitpad {

RegularisationSection::RegularisationSection(QWidget* parent)
    : FormSection(QStringLiteral("regularisation"), tr("Regularisation"), parent)
{
    using Steps = NumberField::Steps;
    FieldGroup* group = addGroup();
    auto* smoothing = new NumberField(Steps::Twentieths, 0.95, this);
    group->add(tr("Label smoothing"), smoothing, QStringLiteral("labelSmoothing"),
               tr("The part of each label that is spread over all digits, so that the network is never "
                  "wholly sure. Usual: 0 for none, 0.05 to 0.1; from 0 to below 1."));
    bind(smoothing, &TrainingOptions::labelSmoothing);
    auto* clip = new NumberField(Steps::Quarters, 1000, this);
    clip->setZeroText(tr("None"));
    group->add(tr("Gradient limit"), clip, QStringLiteral("gradientClip"),
               tr("The longest a gradient may be (its L2 norm); longer ones are shortened, so that one odd "
                  "batch does no harm. Usual: none, or 1 to 5."));
    bind(clip, &TrainingOptions::gradientClip);
    auto* average = new NumberField(Steps::Decays, 0.9999, this);
    average->setZeroText(tr("None"));
    group->add(tr("Averaging"), average, QStringLiteral("weightAverage"),
               tr("Decay of a moving average of the weights (EMA): validation and the saved model use the "
                  "average, which is steadier. Usual: none, or 0.99 to 0.9995; below 1."));
    bind(average, &TrainingOptions::weightAverage);
    watchEditors();
}

QString RegularisationSection::summary(const RunOptions& options) const
{
    QStringList parts;
    if (options.training.labelSmoothing > 0) {
        parts += tr("smoothing %1").arg(numberText(options.training.labelSmoothing));
    }
    if (options.training.gradientClip > 0) {
        parts += tr("limit %1").arg(numberText(options.training.gradientClip));
    }
    if (options.training.weightAverage > 0) {
        parts += tr("average %1").arg(numberText(options.training.weightAverage));
    }
    return parts.isEmpty() ? tr("None") : parts.join(QStringLiteral(", "));
}

} // namespace digitpad
