#pragma once

#include "core/learning/engine.h"

#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace digitpad {

/// Start and Stop, how far the run is, and what is happening in words. Decides nothing by itself.
class RunPanel : public QWidget
{
    Q_OBJECT

public:
    explicit RunPanel(QWidget* parent = nullptr);

    /// No run: `status` in words; Start is enabled where `whyNot` is empty, otherwise its tooltip says that.
    void showIdle(const QString& status, const QString& whyNot);
    void showLoadingData();
    void showTraining(const QString& status);
    void showProgress(const BatchProgress& progress, int epochs);
    void showStopping();
    /// The bar's full end, for a run that did all its epochs.
    void showCompleted(int epochs);
    void clearProgress();

    [[nodiscard]] QString status() const;

Q_SIGNALS:
    void startRequested();
    void stopRequested();

private:
    void layOut();
    void setRunning(bool running, bool canStop);

    QPushButton* m_start;
    QPushButton* m_stop;
    QProgressBar* m_progress;
    QLabel* m_status;
};

} // namespace digitpad
