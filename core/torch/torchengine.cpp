#include "core/torch/torchengine.h"

#include "core/torch/blas.h"
#include "core/torch/guard.h"
#include "core/torch/model.h"
#include "core/torch/modelfile.h"
#include "core/torch/trainer.h"

#include <torch/version.h>

#include <filesystem>

namespace digitpad {

namespace {

class TorchEngine final : public Engine
{
public:
    [[nodiscard]] EngineInfo info() const override
    {
        const BlasLibrary blas = loadedBlas();
        return {TORCH_VERSION, blas.path, blas.slow};
    }

    [[nodiscard]] Result<std::shared_ptr<const Model>> loadModel(const std::string& path) const override
    {
        using Loaded = Result<std::shared_ptr<const Model>>;
        return guarded("“" + path + "” could not be loaded as a model. Choose another file.",
                       [&]() -> Loaded {
                           const auto loaded = readModelFile(path);
                           if (!loaded) {
                               return loaded.error();
                           }
                           return Loaded(std::make_shared<const TorchModel>(loaded->info, *loaded->network));
                       });
    }

    [[nodiscard]] Result<TrainingResult> train(const TrainingJob& job,
                                               TrainingObserver& observer) const override
    {
        return guarded(
            "Training failed inside LibTorch; the log says why. Start again, with other options if it "
            "fails again.",
            [&] { return runTraining(job.options, job.data, observer); });
    }

    [[nodiscard]] Result<RateRangeTest> testRates(const ValidatedOptions&, const TrainingData&, double,
                                                  double, int, TrainingObserver&) const override
    {
        return Error{ErrorCode::Unavailable, "This engine cannot test learning rates."};
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
        return guarded("Learning failed inside LibTorch; the log says why. The model in use is as it was.",
                       [&] { return runFineTuning(*model, options, data, observer); });
    }
};

} // namespace

const Engine& torchEngine()
{
    static const TorchEngine engine;
    return engine;
}

} // namespace digitpad
