#include "ui/training/trainingpad.h"

#include "core/learning/recognizer.h"
#include "core/learning/trainingcontroller.h"

namespace digitpad {

namespace {

constexpr int snapshotInterval = 1000; // milliseconds

} // namespace

TrainingPad::TrainingPad(Recognizer* recognizer, TrainingController* controller, QObject* parent)
    : QObject(parent)
    , m_recognizer(recognizer)
    , m_controller(controller)
{
    m_snapshots.setInterval(snapshotInterval);
    connect(&m_snapshots, &QTimer::timeout, m_controller, &TrainingController::requestSnapshot);
    connect(m_controller, &TrainingController::snapshotTaken, this, &TrainingPad::onSnapshot);
}

void TrainingPad::setWanted(bool wanted)
{
    m_wanted = wanted;
    begin();
}

void TrainingPad::beginRun(const QString& name)
{
    m_runName = name;
    begin();
}

void TrainingPad::begin()
{
    if (!m_wanted || !m_controller->running()) {
        m_snapshots.stop();
        return;
    }
    m_snapshots.start();
    m_controller->requestSnapshot();
}

void TrainingPad::onSnapshot(const std::shared_ptr<const Model>& model)
{
    if (m_wanted && m_controller->running()) {
        m_recognizer->useModel(model, tr("%1, in training").arg(m_runName));
    }
}

void TrainingPad::endRun(const TrainingResult& result)
{
    if (m_wanted && result.best) {
        const QString name = tr("%1, best").arg(m_runName);
        m_recognizer->useModel(result.best, name);
        Q_EMIT modelInUse(name);
    }
}

void TrainingPad::rest()
{
    m_snapshots.stop();
}

} // namespace digitpad
