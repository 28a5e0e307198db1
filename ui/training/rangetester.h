#pragma once

#include "core/learning/engine.h"
#include "core/learning/runoptions.h"

#include <QObject>

namespace digitpad {

class RunPanel;
class TrainingController;
class TrainingForm;

/// Runs the test of learning rates that the form asks for: what the controller does meanwhile is no run. GUI
/// thread only.
class RangeTester : public QObject
{
    Q_OBJECT

public:
    /// The three outlive it.
    RangeTester(TrainingController* controller, TrainingForm* form, RunPanel* run, QObject* parent = nullptr);

    /// The controller is idle.
    void begin(const Engine* engine, const RunOptions& options);
    [[nodiscard]] bool testing() const { return m_testing; }
    void showProgress(const BatchProgress& newest);
    /// To be asked when the controller has stopped or failed, with `problem` where it did. True where what
    /// ended was a test, and nothing else is to be done.
    bool takeEnd(const QString& problem);

Q_SIGNALS:
    /// With a sentence about it.
    void ended(const QString& status);

private:
    void onTested(const RateRangeTest& test);

    TrainingController* m_controller;
    TrainingForm* m_form;
    RunPanel* m_run;
    bool m_testing = false;
};

} // namespace digitpad
