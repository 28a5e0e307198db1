#pragma once

#include "core/learning/trainingcontroller.h"

#include <QWidget>

class QCheckBox;
class QLabel;
class QProgressBar;
class QPushButton;

namespace digitpad {

/// Start, pause, steps and stop, how far the run is, and what is happening in words. Decides nothing by
/// itself.
class RunPanel : public QWidget
{
    Q_OBJECT

public:
    explicit RunPanel(QWidget* parent = nullptr);

    /// No run: `status` in words; Start is enabled where `whyNot` is empty, otherwise its tooltip says that.
    void showIdle(const QString& status, const QString& whyNot);
    /// What the buttons offer, and where a state has words of its own, these.
    void showState(TrainingController::State state);
    void showTraining(const QString& status);
    void showProgress(const BatchProgress& progress, int epochs);
    /// The bar's full end, for a run that did all its epochs.
    void showCompleted(int epochs);
    void clearProgress();

    [[nodiscard]] QString status() const;

Q_SIGNALS:
    void startRequested();
    void pauseRequested();
    void proceedRequested();
    void stepBatchRequested();
    void stepEpochRequested();
    void stopRequested();
    void drawWhileTrainingChanged(bool on);

private:
    void makeButtons();
    void layOut();
    void setStart(bool enabled, const QString& toolTip);

    QPushButton* m_start;
    QPushButton* m_pause; ///< Resumes while the run is paused.
    QPushButton* m_stepBatch;
    QPushButton* m_stepEpoch;
    QPushButton* m_stop;
    QCheckBox* m_draw;
    QProgressBar* m_progress;
    QLabel* m_status;
    TrainingController::State m_state = TrainingController::State::Idle;
};

} // namespace digitpad
