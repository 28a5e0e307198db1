#include "core/torch/torchengine.h"

#include "core/base/atomicfile.h"
#include "core/torch/allocator.h"
#include "core/torch/blas.h"
#include "core/torch/foreignfile.h"
#include "core/torch/gpu.h"
#include "core/torch/guard.h"
#include "core/torch/model.h"
#include "core/torch/modelfile.h"
#include "core/torch/rangetest.h"
#include "core/torch/scriptmodel.h"
#include "core/torch/trainer.h"

#include <torch/version.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

namespace digitpad {

namespace {

constexpr const char* trainingFailed =
    "Training failed inside LibTorch; the log says why. Start again, with other options if it fails again.";

/// LibTorch says it in an exception of many lines, under other types in other versions.
bool isOutOfGpuMemory(const Error& error)
{
    return error.details.find("CUDA out of memory") != std::string::npos;
}

/// `work`'s result, with words of its own where the GPU's memory was too small.
template <class Work>
auto withGpuMemory(const TrainingOptions& options, Work&& work) -> decltype(work())
{
    auto result = work();
    if (result.ok() || !isOutOfGpuMemory(result.error())) {
        return result;
    }
    const int smaller = std::max(1, options.batchSize / 2);
    return Error{ErrorCode::Unavailable,
                 "The GPU's memory is too small for a batch of " + std::to_string(options.batchSize) +
                     " images; choose a smaller one, " + std::to_string(smaller) +
                     " for instance, or close other programs that use the GPU.",
                 result.error().details};
}

/// The error of a file that is no model file, or, where it is another kind of file, one that says so.
Error withKind(const std::string& path, const Error& error)
{
    const auto bytes = readWholeFile(path, modelSizeLimit);
    const auto kind = bytes ? inspectModelBytes(*bytes).kind : ModelFileKind::DigitPad;
    if (kind == ModelFileKind::TorchScript) {
        return {ErrorCode::InvalidInput, "“" + path +
                                             "” is a TorchScript file, a program beside its weights: load it "
                                             "with File, Load Model, or with "
                                             "--model FILE --trust-torchscript."};
    }
    if (kind == ModelFileKind::StateDict) {
        return {
            ErrorCode::InvalidInput,
            "“" + path +
                "” is a plain state_dict, which does not say how its network's images are normalised: load "
                "it with File, Load Model, or with --model FILE --normalization MEAN STD."};
    }
    return error;
}

class TorchEngine final : public Engine
{
public:
    TorchEngine() { keepFreedMemory(); }

    [[nodiscard]] EngineInfo info() const override
    {
        const BlasLibrary blas = loadedBlas();
        const Gpu gpu = findGpu();
        return {TORCH_VERSION, blas.path, blas.slow, gpu.there, gpu.name};
    }

    [[nodiscard]] Result<std::shared_ptr<const Model>> loadModel(const std::string& path) const override
    {
        using Loaded = Result<std::shared_ptr<const Model>>;
        return guarded("“" + path + "” could not be loaded as a model. Choose another file.",
                       [&]() -> Loaded {
                           const auto loaded = readModelFile(path);
                           if (!loaded) {
                               return withKind(path, loaded.error());
                           }
                           return Loaded(std::make_shared<const TorchModel>(loaded->info, *loaded->network));
                       });
    }

    [[nodiscard]] Result<ModelFileInfo> inspectModel(const std::string& path) const override
    {
        return guarded("“" + path + "” could not be read. Choose another file.",
                       [&]() -> Result<ModelFileInfo> {
                           const auto bytes = readWholeFile(path, modelSizeLimit);
                           if (!bytes) {
                               return bytes.error();
                           }
                           return inspectModelBytes(*bytes);
                       });
    }

    [[nodiscard]] Result<std::shared_ptr<const Model>>
    loadForeignModel(const std::string& path, const PixelStatistics& normalization) const override
    {
        using Loaded = Result<std::shared_ptr<const Model>>;
        if (!std::isfinite(normalization.mean) || !std::isfinite(normalization.standardDeviation) ||
            normalization.standardDeviation <= 0) {
            return Error{ErrorCode::InvalidInput,
                         "The normalisation is impossible: give a mean, and a standard deviation above 0."};
        }
        return guarded("“" + path + "” could not be loaded as a model. Choose another file.",
                       [&]() -> Loaded {
                           auto bytes = readWholeFile(path, modelSizeLimit);
                           if (!bytes) {
                               return bytes.error();
                           }
                           switch (inspectModelBytes(*bytes).kind) {
                           case ModelFileKind::TorchScript:
                               return ScriptModel::load(std::move(*bytes), normalization, {});
                           case ModelFileKind::StateDict:
                               return modelFromStateDict(*bytes, normalization);
                           case ModelFileKind::DigitPad:
                               break;
                           }
                           return loadModel(path); // It says itself what its images are like.
                       });
    }

    [[nodiscard]] Result<TrainingResult> train(const TrainingJob& job,
                                               TrainingObserver& observer) const override
    {
        return withGpuMemory(*job.options, [&] {
            return guarded(trainingFailed, [&] { return runTraining(job, observer); });
        });
    }

    [[nodiscard]] Result<RateRangeTest> testRates(const ValidatedOptions& options, const TrainingData& data,
                                                  double lowest, double highest, int steps,
                                                  TrainingObserver& observer) const override
    {
        return withGpuMemory(*options, [&] {
            return guarded(trainingFailed, [&] {
                return runRangeTest(*options, data, {lowest, highest, steps}, observer);
            });
        });
    }

    [[nodiscard]] Result<TrainingResult> fineTune(const Model& start, const ValidatedOptions& options,
                                                  const TrainingData& data,
                                                  TrainingObserver& observer) const override
    {
        const auto* model = dynamic_cast<const TorchModel*>(&start);
        if (model == nullptr) {
            return Error{ErrorCode::InvalidInput,
                         "This model cannot be trained further. Choose one from a model file."};
        }
        return withGpuMemory(*options, [&] {
            return guarded(
                "Learning failed inside LibTorch; the log says why. The model in use is as it was.",
                [&] { return runFineTuning(*model, options, data, observer); });
        });
    }
};

} // namespace

const Engine& torchEngine()
{
    static const TorchEngine engine;
    return engine;
}

} // namespace digitpad
