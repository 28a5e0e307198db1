#include "ui/training/schedulesection.h"

#include "core/learning/learningrateschedule.h"
#include "ui/training/fieldgroup.h"
#include "ui/training/formfield.h"
#include "ui/training/numberfield.h"
#include "ui/training/schedulecurve.h"

#include <QComboBox>
#include <QSpinBox>

namespace digitpad {

namespace {

constexpr int curvePoints = 200;

} // namespace

ScheduleSection::ScheduleSection(QWidget* parent)
    : FormSection(QStringLiteral("schedule"), tr("Schedule"), parent)
    , m_group(addGroup())
{
    m_schedule =
        m_group->addCombo(tr("Schedu&le"), QStringLiteral("schedule"),
                          tr("How the learning rate changes over the run. Constant: not at all. Step and "
                             "exponential: down by a factor. Cosine: slowly, then faster, then slowly down. "
                             "One-cycle: up and far down, for short runs. Plateau: down by a factor "
                             "whenever the validation loss stops falling."),
                          {{QStringLiteral("constant"), tr("Constant")},
                           {QStringLiteral("step"), tr("Step")},
                           {QStringLiteral("exponential"), tr("Exponential")},
                           {QStringLiteral("cosine"), tr("Cosine")},
                           {QStringLiteral("one-cycle"), tr("One-cycle")},
                           {QStringLiteral("plateau"), tr("Reduce on plateau")}});
    bind(m_schedule, &TrainingOptions::schedule);
    makeFields(m_group);
    m_curve = new ScheduleCurve(this);
    m_group->addWide(m_curve);
    watchEditors();
}

void ScheduleSection::makeFields(FieldGroup* group)
{
    using Steps = NumberField::Steps;
    auto* stepEpochs = new QSpinBox(this);
    stepEpochs->setRange(1, 10'000);
    group->add(tr("Every"), stepEpochs, QStringLiteral("stepEpochs"),
               tr("After so many epochs the rate is multiplied by the factor. Usual: a third of the run."));
    stepEpochs->setSuffix(tr("\u00A0epochs"));
    bind(stepEpochs, &TrainingOptions::stepEpochs);
    auto* factor = new NumberField(Steps::Twentieths, 1, this);
    group->add(tr("Factor"), factor, QStringLiteral("rateFactor"),
               tr("What the rate is multiplied by. Usual: 0.1 to 0.5, for exponential 0.8 to 0.95; between "
                  "0 and 1."));
    bind(factor, &TrainingOptions::rateFactor);
    auto* patience = new QSpinBox(this);
    patience->setRange(1, 10'000);
    patience->setSuffix(tr("\u00A0epochs"));
    group->add(tr("Plateau"), patience, QStringLiteral("plateauPatience"),
               tr("So many epochs without a lower validation loss bring the rate down. Usual: 2 to 5."));
    bind(patience, &TrainingOptions::plateauPatience);
    auto* finalRate = new NumberField(Steps::DecadesFromZero, 10, this);
    group->add(tr("Final rate"), finalRate, QStringLiteral("finalLearningRate"),
               tr("Where the rate ends, or with plateau stops. Usual: 0, or a hundredth of the learning "
                  "rate; at most the learning rate."));
    bind(finalRate, &TrainingOptions::finalLearningRate);
    auto* warmUp = new NumberField(Steps::Twentieths, 0.9, this);
    group->add(tr("Warm-up"), warmUp, QStringLiteral("warmUp"),
               tr("The part of the run over which the rate rises from near 0 at the beginning. Usual: 0.05 "
                  "for large rates, otherwise 0; from 0 to 0.9. One-cycle takes it for its rising part, 0.3 "
                  "where it is 0."));
    bind(warmUp, &TrainingOptions::warmUp);
}

void ScheduleSection::showParameters(const QString& schedule)
{
    const auto show = [this](const char* option, bool visible) {
        m_group->setRowVisible(field(QString::fromLatin1(option)), visible);
    };
    const bool plateau = schedule == u"plateau";
    show("stepEpochs", schedule == u"step");
    show("rateFactor", plateau || schedule == u"step" || schedule == u"exponential");
    show("plateauPatience", plateau);
    show("finalLearningRate", plateau || schedule == u"cosine" || schedule == u"one-cycle");
}

void ScheduleSection::follow(const RunOptions& options)
{
    showParameters(m_schedule->currentData().toString());
    const bool possible = findProblems(options.training).empty();
    m_curve->setRates(possible ? plannedRates(options.training, curvePoints) : std::vector<double>(),
                      options.training.epochs);
}

QString ScheduleSection::summary(const RunOptions& options) const
{
    return options.training.warmUp > 0
               ? tr("%1, warm-up %2").arg(m_schedule->currentText(), numberText(options.training.warmUp))
               : m_schedule->currentText();
}

} // namespace digitpad
