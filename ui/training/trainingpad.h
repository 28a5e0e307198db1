#pragma once

#include <QObject>
#include <QString>
#include <QTimer>

#include <memory>

namespace digitpad {

class Model;
class Recognizer;
class TrainingController;
struct TrainingResult;

/// Lets the pad read with the network in training, a little newer every second, and with its best weights at
/// the end. GUI thread only.
class TrainingPad : public QObject
{
    Q_OBJECT

public:
    /// The recogniser and the controller outlive it.
    TrainingPad(Recognizer* recognizer, TrainingController* controller, QObject* parent = nullptr);

    void setWanted(bool wanted);
    void beginRun(const QString& name);
    void endRun(const TrainingResult& result);
    /// No run is on.
    void rest();

Q_SIGNALS:
    /// The pad reads with the best weights of the run that ended.
    void modelInUse(const QString& name);

private:
    void begin();
    void onSnapshot(const std::shared_ptr<const Model>& model);

    Recognizer* m_recognizer;
    TrainingController* m_controller;
    QString m_runName;
    QTimer m_snapshots;
    bool m_wanted = false;
};

} // namespace digitpad
