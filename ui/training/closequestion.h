#pragma once

#include <QObject>

class QMessageBox;
class QWidget;

namespace digitpad {

class ModelPanel;
class TrainingController;

/// Asks before the window closes where a run or a trained model would be lost. GUI thread only.
class CloseQuestion : public QObject
{
    Q_OBJECT

public:
    /// The question appears above `tab`, whose child this is; the others outlive it.
    CloseQuestion(const TrainingController* controller, ModelPanel* models, QWidget* tab);

    /// True where nothing would be lost. Otherwise the question appears, false comes back at once, and the
    /// window's close() is called again after a yes.
    bool confirm();

private:
    QMessageBox* makeBox(const QString& question, const QString& consequence);
    void askToStop();
    void askToSave(int unsavedRuns);
    void closeForSure();

    const TrainingController* m_controller;
    ModelPanel* m_models;
    QWidget* m_tab;
    bool m_confirmed = false;
    bool m_closeAfterSaving = false;
};

} // namespace digitpad
