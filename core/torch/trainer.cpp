#include "core/torch/trainer.h"

#include "core/torch/flushdenormals.h"
#include "core/torch/trainingplan.h"
#include "core/torch/trainingrun.h"

#include <algorithm>
#include <utility>

namespace digitpad {

namespace {

Error damaged(const std::string& path)
{
    return Error{ErrorCode::InvalidInput, "Training cannot go on from “" + path +
                                              "”: its parts do not belong together. Begin a new run."};
}

Result<TrainingResult> resumeTraining(TrainingPlan plan, const TrainingJob& job, const DataMark& mark,
                                      TrainingObserver& observer)
{
    const auto loaded = readCheckpoint(job.resumeFrom);
    if (!loaded) {
        return loaded.error();
    }
    const Checkpoint& checkpoint = loaded->checkpoint;
    if (const Result<void> fits = checkFits(checkpoint, plan.options, mark); !fits) {
        return fits.error();
    }
    if (!plan.onGpu()) {
        // As many as then, whatever "automatic" means here: another number would give other bits.
        plan.threads = static_cast<int>(std::clamp<std::size_t>(checkpoint.state.dropout.size(), 1, 64));
    }
    TrainingRun run(std::move(plan), job.data, job.files, mark, observer);
    if (!run.resume(*loaded)) {
        return damaged(job.resumeFrom);
    }
    return run.run();
}

} // namespace

Result<TrainingResult> runTraining(const TrainingJob& job, TrainingObserver& observer)
{
    auto plan = planTraining(*job.options, job.data);
    if (!plan) {
        return plan.error();
    }
    const FlushDenormals flush;
    const bool marked = !job.files.last.empty() || !job.resumeFrom.empty();
    const DataMark mark = marked ? markOf(job.data) : DataMark();
    if (!job.resumeFrom.empty()) {
        return resumeTraining(std::move(*plan), job, mark, observer);
    }
    return TrainingRun(std::move(*plan), job.data, job.files, mark, observer).run();
}

Result<TrainingResult> runFineTuning(const TorchModel& start, const ValidatedOptions& options,
                                     const TrainingData& data, TrainingObserver& observer)
{
    auto plan = planFineTuning(start, *options, data);
    if (!plan) {
        return plan.error();
    }
    const FlushDenormals flush;
    return TrainingRun(std::move(*plan), data, {}, {}, observer).run();
}

} // namespace digitpad
