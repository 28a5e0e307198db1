#include "ui/training/rangetester.h"

#include "core/learning/trainingcontroller.h"
#include "ui/training/runpanel.h"
#include "ui/training/trainingform.h"

#include <utility>

namespace digitpad {

RangeTester::RangeTester(TrainingController* controller, TrainingForm* form, RunPanel* run, QObject* parent)
    : QObject(parent)
    , m_controller(controller)
    , m_form(form)
    , m_run(run)
{
    connect(m_controller, &TrainingController::ratesTested, this, &RangeTester::onTested);
}

void RangeTester::begin(const Engine* engine, const RunOptions& options)
{
    m_testing = true;
    m_controller->testRates(engine, options);
}

void RangeTester::showProgress(const BatchProgress& newest)
{
    m_run->showProgress(newest, 1);
}

void RangeTester::onTested(const RateRangeTest& test)
{
    m_testing = false;
    m_form->showRangeTest(test);
    m_run->clearProgress();
    Q_EMIT ended(tr("The learning rates are tested; the form shows what was found."));
}

bool RangeTester::takeEnd(const QString& problem)
{
    if (!std::exchange(m_testing, false)) {
        return false;
    }
    m_form->rangeTestEnded(problem);
    m_run->clearProgress();
    Q_EMIT ended(tr("The test of learning rates has ended; nothing has changed."));
    return true;
}

} // namespace digitpad
