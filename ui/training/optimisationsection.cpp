#include "ui/training/optimisationsection.h"

#include "ui/training/disclosure.h"
#include "ui/training/fieldgroup.h"
#include "ui/training/formfield.h"
#include "ui/training/rangetestpanel.h"
#include "ui/training/ratefield.h"

#include <QCheckBox>
#include <QComboBox>
#include <QPushButton>

#include <utility>

namespace digitpad {

namespace {

double defaultMomentum(const QString& optimizer)
{
    return optimizer == u"rmsprop" ? 0 : 0.9;
}

double defaultDecay(const QString& optimizer)
{
    return optimizer == u"adamw" ? 0.01 : 0;
}

/// A value that is the default of the optimizer before becomes the default of the one now.
void follow(NumberField* field, double before, double now)
{
    if (field->value() == before && before != now) {
        field->setValue(now);
    }
}

} // namespace

double defaultLearningRate(const QString& optimizer)
{
    return optimizer == u"sgd" ? 0.05 : 0.001;
}

OptimisationSection::OptimisationSection(QWidget* parent)
    : FormSection(QStringLiteral("optimisation"), tr("Optimisation"), parent)
{
    FieldGroup* group = addGroup();
    m_optimizer = group->addCombo(
        tr("&Optimizer"), QStringLiteral("optimizer"),
        tr("How weights follow the gradient. Adam fits its step to each weight and forgives a rough "
           "learning rate; AdamW is Adam with a better weight decay. SGD with momentum takes more care and "
           "can end better. RMSprop lies in between."),
        {{QStringLiteral("adam"), tr("Adam")},
         {QStringLiteral("adamw"), tr("AdamW")},
         {QStringLiteral("sgd"), tr("SGD, with momentum")},
         {QStringLiteral("rmsprop"), tr("RMSprop")}});
    bind(m_optimizer, &TrainingOptions::optimizer);
    makeRate(group);
    makeMainParameters(group);
    makeMoreParameters(addMore());
    m_before = m_optimizer->currentData().toString();
    connect(m_optimizer, &QComboBox::currentIndexChanged, this, &OptimisationSection::onOptimizerChanged);
    watchEditors();
    showParameters();
    showButton();
}

void OptimisationSection::makeRate(FieldGroup* group)
{
    m_rate = new RateField(this);
    group->add(tr("Learning &rate"), m_rate, QStringLiteral("learningRate"),
               tr("How far each step goes. Too high and the loss jumps about, too low and it hardly falls. "
                  "Usual: 0.0003 to 0.003 for Adam, 0.01 to 0.1 for SGD. The arrow keys step through "
                  "1, 2 and 5 of each power of ten."));
    bind(m_rate, &TrainingOptions::learningRate);
    m_find = new QPushButton(tr("Find rate…"), this);
    m_find->setObjectName(QStringLiteral("findRate"));
    group->addBelow(m_find);
    m_range = new RangeTestPanel(this);
    group->addWide(m_range);
    connect(m_find, &QPushButton::clicked, this, &OptimisationSection::findRateRequested);
    connect(m_range, &RangeTestPanel::rateChosen, this, [this](double rate) {
        m_rate->setValue(rate);
        m_rate->setFocus();
    });
}

NumberField* OptimisationSection::addNumber(FieldGroup* group, const QString& label, NumberField* editor,
                                            double TrainingOptions::*member, const QString& option,
                                            const QString& help)
{
    group->add(label, editor, option, help);
    bind(editor, member);
    return editor;
}

void OptimisationSection::makeMainParameters(FieldGroup* group)
{
    using Steps = NumberField::Steps;
    m_momentum = addNumber(group, tr("Momentum"), new NumberField(Steps::Decays, 0.9999, this),
                           &TrainingOptions::momentum, QStringLiteral("momentum"),
                           tr("The part of the last step that goes on in the next, as a ball rolls on. "
                              "Usual: 0.9 for SGD, 0 for RMSprop; from 0 to below 1."));
    auto* nesterov = new QCheckBox(tr("Nesterov’s momentum"), this);
    group->addBox(nesterov, QStringLiteral("nesterov"),
                  tr("Looks at the gradient where the momentum leads, not where it began. Often a little "
                     "faster; usual with a momentum of 0.9."));
    bind(nesterov, &TrainingOptions::nesterov);
    m_decay = addNumber(group, tr("Weight decay"), new NumberField(Steps::DecadesFromZero, 1, this),
                        &TrainingOptions::weightDecay, QStringLiteral("weightDecay"),
                        tr("Pulls every weight towards 0 a little, so that the network learns less by "
                           "heart. Usual: 0.01 to 0.05 for AdamW, 0.0001 to 0.0005 for the others; 0 for "
                           "none."));
    m_parameters = {
        {group, this->field(QStringLiteral("momentum")), {QStringLiteral("sgd"), QStringLiteral("rmsprop")}},
        {group, this->field(QStringLiteral("nesterov")), {QStringLiteral("sgd")}}};
}

void OptimisationSection::makeMoreParameters(FieldGroup* more)
{
    using Steps = NumberField::Steps;
    addNumber(more, tr("Beta 1"), new NumberField(Steps::Decays, 0.9999, this), &TrainingOptions::beta1,
              QStringLiteral("beta1"),
              tr("How slowly Adam’s mean of the gradient forgets. Usual: 0.9; from 0 to below 1."));
    addNumber(more, tr("Beta 2"), new NumberField(Steps::Decays, 0.9999, this), &TrainingOptions::beta2,
              QStringLiteral("beta2"),
              tr("How slowly Adam’s mean of the squared gradient forgets. Usual: 0.999, in short runs "
                 "0.99; from 0 to below 1."));
    addNumber(more, tr("Alpha"), new NumberField(Steps::Decays, 0.9999, this), &TrainingOptions::alpha,
              QStringLiteral("alpha"),
              tr("How slowly RMSprop’s mean of the squared gradient forgets. Usual: 0.99; from 0 to below "
                 "1."));
    addNumber(more, tr("Epsilon"), new NumberField(Steps::Decades, 1, this), &TrainingOptions::epsilon,
              QStringLiteral("epsilon"),
              tr("Keeps the step finite where the gradient is almost 0. Usual: 1e-8; above 0, up to 1."));
    const QStringList adams{QStringLiteral("adam"), QStringLiteral("adamw")};
    const QStringList adaptive = adams + QStringList{QStringLiteral("rmsprop")};
    m_parameters += {{more, this->field(QStringLiteral("beta1")), adams},
                     {more, this->field(QStringLiteral("beta2")), adams},
                     {more, this->field(QStringLiteral("alpha")), {QStringLiteral("rmsprop")}},
                     {more, this->field(QStringLiteral("epsilon")), adaptive}};
}

void OptimisationSection::onOptimizerChanged()
{
    const QString now = m_optimizer->currentData().toString();
    const QString before = std::exchange(m_before, now);
    if (!m_showing) {
        digitpad::follow(m_rate, defaultLearningRate(before), defaultLearningRate(now));
        digitpad::follow(m_momentum, defaultMomentum(before), defaultMomentum(now));
        digitpad::follow(m_decay, defaultDecay(before), defaultDecay(now));
    }
    showParameters();
}

void OptimisationSection::showParameters()
{
    const QString optimizer = m_optimizer->currentData().toString();
    for (const Parameter& parameter : std::as_const(m_parameters)) {
        parameter.group->setRowVisible(parameter.field, parameter.optimizers.contains(optimizer));
    }
    more()->setVisible(optimizer != u"sgd");
}

void OptimisationSection::load(const RunOptions& options)
{
    m_showing = true;
    FormSection::load(options);
    m_showing = false;
}

QString OptimisationSection::summary(const RunOptions& options) const
{
    return tr("%1, %2").arg(m_optimizer->currentText().section(u',', 0, 0),
                            numberText(options.training.learningRate));
}

void OptimisationSection::setLocked(const QString& reason)
{
    FormSection::setLocked(reason);
    m_lockReason = reason;
    showButton();
}

void OptimisationSection::setCanTest(bool can)
{
    m_canTest = can;
    showButton();
}

void OptimisationSection::showButton()
{
    m_find->setEnabled(m_canTest && m_lockReason.isEmpty());
    m_range->setEnabled(m_lockReason.isEmpty());
    const QString help =
        tr("Trains a throw-away network for a moment while the rate rises, and shows where the loss falls "
           "fastest: a good rate to begin with. Nothing of your options changes unless you take it.");
    const QString why = m_canTest ? m_lockReason : tr("The training engine is still loading.");
    m_find->setToolTip(wrappedTip(why.isEmpty() ? help : why + QStringLiteral("\n\n") + help));
}

void OptimisationSection::showTesting()
{
    m_range->showTesting();
}

void OptimisationSection::showRangeTest(const RateRangeTest& test)
{
    m_range->showTest(test);
}

void OptimisationSection::rangeTestEnded(const QString& problem)
{
    m_range->testEnded(problem);
}

} // namespace digitpad
