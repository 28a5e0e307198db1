#pragma once

#include "app/cli/statusline.h"
#include "core/learning/trainingsession.h"

#include <QJsonObject>
#include <QString>

#include <array>
#include <thread>

namespace digitpad::cli {

class Interrupt;
class Output;

/// "Epoch 3/10 [====>    ] 45 %  1:23 left  loss 0.1234  3,900 images/s" in at most `width` columns; what
/// does not fit is left out from the end.
[[nodiscard]] QString progressText(const BatchProgress& progress, int epochs, int width);
/// One line on an epoch, without the newline.
[[nodiscard]] QString epochText(const EpochMetrics& metrics, int epochs);
[[nodiscard]] QJsonObject epochObject(const EpochMetrics& metrics);

/// Shows a run while it goes on: a line or a JSON object for its beginning and for each epoch, and a progress
/// bar on a terminal. The first Ctrl+C stops the run.
class TrainingReport : public TrainingSession::Listener
{
public:
    TrainingReport(Output& output, bool json);
    ~TrainingReport() override;

    /// From now on, until detach(), a thread waits for Ctrl+C and passes it on. Both outlive that.
    void attach(RunControl& control, const Interrupt& interrupt);
    void detach();
    /// Of the newest run; empty where it leaves none.
    [[nodiscard]] QString runFolder() const { return m_runFolder; }

    void onRunBegan(const RunRecord& record, const std::shared_ptr<const RunCurves>& curves,
                    const QStringList& warnings) override;
    void onProgress(const BatchProgress& newest, const QVector<BatchPoint>& points) override;
    void onEpoch(const EpochMetrics& metrics) override;
    void onRunEnded(const RunRecord& record) override;
    void onRangeTestBegan() override {}
    /// Only a file that cannot be written holds a run here: says so, and goes on without it.
    void onHeld(const QString& problem) override;
    void onSnapshotTaken(const std::shared_ptr<const Model>& model) override;

private:
    Output& m_output;
    bool m_json;
    int m_epochs = 0;
    QString m_runFolder;
    StatusLine m_status;
    RunControl* m_control = nullptr;
    std::array<int, 2> m_wake = {-1, -1}; ///< A pipe that ends the waiting thread.
    std::thread m_waiter;
};

} // namespace digitpad::cli
