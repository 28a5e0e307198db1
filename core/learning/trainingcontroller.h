#pragma once

#include "core/data/datasource.h"
#include "core/learning/engine.h"
#include "core/learning/trainingoptions.h"

#include <QObject>
#include <QString>
#include <QStringList>
#include <QVector>

#include <memory>

namespace digitpad {

/// Owns the training thread: one run at a time, parameters in as copies, signals out on the GUI thread.
class TrainingController : public QObject
{
    Q_OBJECT

public:
    enum class State {
        Idle,
        LoadingData,
        Training,
        Stopping, ///< Stop was asked for; the batch in progress is ending.
    };
    Q_ENUM(State)

    explicit TrainingController(QObject* parent = nullptr);
    /// Stops a run in progress and waits for its batch to end.
    ~TrainingController() override;

    [[nodiscard]] State state() const;
    [[nodiscard]] bool running() const { return state() != State::Idle; }

    /// Only in Idle; exactly one of completed(), stopped() and failed() follows.
    void start(const Engine* engine, const DataSource& source, const TrainingOptions& options);
    /// Asks the run to end after the batch in progress, keeping the best model so far. Does nothing in Idle.
    void stop();

Q_SIGNALS:
    void stateChanged(digitpad::TrainingController::State state);
    /// The data is there and the options fit it. Counts are images; warnings name lines that were left out.
    void started(qint64 trainingImages, qint64 validationImages, qint64 testImages,
                 const QStringList& warnings);
    /// At most about 20 a second; the losses of all batches since the last, in order, none left out.
    void progressed(const digitpad::BatchProgress& newest, const QVector<double>& losses);
    /// Every epoch, none left out.
    void epochEnded(const digitpad::EpochMetrics& metrics);
    void completed(const digitpad::TrainingResult& result);
    void stopped(const digitpad::TrainingResult& result);
    /// One sentence for the person. ErrorCode::Cancelled while loading data comes as stopped() without
    /// models.
    void failed(const QString& message);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace digitpad
