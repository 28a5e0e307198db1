#pragma once

#include "core/torch/checkpointformat.h"
#include "tests/torch/testdata.h"

#include <QString>
#include <QTemporaryDir>

#include <algorithm>
#include <memory>
#include <string>

namespace digitpad {

inline TrainingOptions someOptions()
{
    TrainingOptions options;
    options.epochs = 3;
    options.batchSize = 32;
    options.learningRate = 0.003;
    options.threads = 1;
    return options;
}

/// Moves each image by up to two pixels.
class ShiftRenderer final : public SampleRenderer
{
public:
    explicit ShiftRenderer(std::shared_ptr<const DigitSet> set)
        : m_set(std::move(set))
    {
    }
    void render(std::size_t index, std::uint64_t seed, std::uint8_t* pixels) const override
    {
        Random random(seed);
        const auto shift = static_cast<std::ptrdiff_t>(random.below(5) * digitSide + random.below(5));
        const std::uint8_t* image = m_set->image(index);
        std::copy(image, image + digitPixels, pixels);
        std::rotate(pixels, pixels + shift, pixels + digitPixels);
    }

private:
    std::shared_ptr<const DigitSet> m_set;
};

inline TrainingJob jobOf(const TrainingOptions& options, const TrainingData& data)
{
    return {validate(options, data.training->size() + data.validation->size()).value(), data};
}

/// Runs into files of a folder of a test's own, to go on from. Tests inherit it.
class ResumingFixture
{
protected:
    /// Before the first test.
    void begin()
    {
        m_data = syntheticTrainingData(300, 60, 40);
        m_drawn = m_data;
        m_drawn.renderer = std::make_shared<const ShiftRenderer>(m_data.training);
    }
    void setUp() { m_folder = std::make_unique<QTemporaryDir>(); }

    TrainingData m_data;
    TrainingData m_drawn; ///< The same with a renderer.
    std::unique_ptr<QTemporaryDir> m_folder;

    [[nodiscard]] QString path(const char* name) const { return m_folder->filePath(QLatin1String(name)); }
    [[nodiscard]] TrainingFiles files(const char* run) const
    {
        return {path(run).toStdString() + "-best.pt", path(run).toStdString() + "-last.pt"};
    }
    [[nodiscard]] LoadedCheckpoint read(const char* run) const
    {
        return readCheckpoint(files(run).last).value();
    }

    /// A run into files of the name; QFAILs where it cannot even begin.
    std::shared_ptr<TrainingResult> train(const TrainingOptions& options, const TrainingData& data,
                                          const char* run, TrainingObserver& observer,
                                          const std::string& from = {})
    {
        TrainingJob job = jobOf(options, data);
        job.files = files(run);
        job.resumeFrom = from;
        const auto result = torchEngine().train(job, observer);
        if (!result) {
            qWarning("%s %s", result.error().message.c_str(), result.error().details.c_str());
            return nullptr;
        }
        return std::make_shared<TrainingResult>(*result);
    }

    /// What resuming from the file says.
    QString refusal(const TrainingOptions& options, const TrainingData& data, const std::string& from)
    {
        TrainingJob job = jobOf(options, data);
        job.resumeFrom = from;
        RecordingObserver observer;
        const auto result = torchEngine().train(job, observer);
        return result ? QString() : QString::fromStdString(result.error().message);
    }
};

} // namespace digitpad
