#pragma once

#include "app/cli/statusline.h"
#include "core/learning/engine.h"

#include <QJsonObject>
#include <QString>

namespace digitpad::cli {

class Interrupt;
class Output;

/// "Epoch 3/10 [====>    ] 45 %  1:23 left  loss 0.1234  3,900 images/s" in at most `width` columns; what
/// does not fit is left out from the end.
[[nodiscard]] QString progressText(const BatchProgress& progress, int epochs, int width);
/// One line on an epoch, without the newline.
[[nodiscard]] QString epochText(const EpochMetrics& metrics, int epochs);
[[nodiscard]] QJsonObject epochObject(const EpochMetrics& metrics);

/// Shows a run while it goes on: a line or a JSON object for each epoch, and a progress bar on a terminal.
class TrainingReport : public TrainingObserver
{
public:
    TrainingReport(Output& output, bool json, int epochs, const Interrupt& interrupt);

    void onBatch(const BatchProgress& progress) override;
    void onEpoch(const EpochMetrics& metrics) override;
    /// With the first Ctrl+C.
    bool stopRequested() override;

private:
    Output& m_output;
    bool m_json;
    int m_epochs;
    const Interrupt& m_interrupt;
    StatusLine m_status;
};

} // namespace digitpad::cli
