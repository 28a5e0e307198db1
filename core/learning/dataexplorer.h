#pragma once

#include "core/data/datasource.h"
#include "core/data/digitstatistics.h"
#include "core/learning/engine.h"
#include "core/learning/trainingoptions.h"

#include <QObject>
#include <QString>
#include <QStringList>

#include <array>
#include <functional>
#include <memory>
#include <vector>

namespace digitpad {

/// Everything that a source holds, and what can be counted of it. Shared, never changed.
struct ExploredData
{
    DataSource source;
    LoadedData data; ///< Either half may be empty, not both.
    DigitStatistics training;
    DigitStatistics test;
};

/// What training with some options would make of a source.
struct SplitPreview
{
    QString problem; ///< Why such a training cannot begin; empty where it can, and only then is the rest set.
    std::size_t training = 0; ///< Images in an epoch.
    std::size_t validation = 0;
    std::size_t test = 0;
    std::array<std::size_t, labelClasses> trainingLabels{};
    std::array<std::size_t, labelClasses> validationLabels{};
    QStringList validationGroups; ///< Sources or writers that validation has to itself.
};

/// What a model says of an image.
struct SampleReading
{
    int digit = -1;       ///< As Prediction::digit; -1 for a blank image.
    float confidence = 0; ///< Of that digit, 0 to 1.
    /// Of the image's label; 0 where that is no digit, or the image is blank.
    float confidenceInLabel = 0;
};
/// Of one half of the data.
struct SetReadings
{
    std::shared_ptr<const Model> model;
    std::vector<SampleReading> training; ///< One for each image.
    std::vector<SampleReading> test;
};

/// Reads sources and counts what they hold, off the GUI thread: one thread of its own, which begins with the
/// first request and takes one after the other. A new source ends whatever concerns an older one. The façade
/// lives on the GUI thread and never blocks it.
class DataExplorer : public QObject
{
    Q_OBJECT

public:
    enum class Phase { Reading, Counting };
    Q_ENUM(Phase)

    explicit DataExplorer(QObject* parent = nullptr);
    /// Ends what is being done, and waits for that: a few images, or the slowest step of a reader.
    ~DataExplorer() override;

    /// Exactly one of explored(), failed() and cancelled() follows, unless a newer explore() comes first.
    void explore(const DataSource& source);
    /// The same with data that `load` brings, on the explorer's thread.
    using Loader = std::function<Result<LoadedData>(const ReadingMonitor&)>;
    void explore(const DataSource& source, Loader load);
    /// cancelled() follows where something is being explored; nothing else is answered any more.
    void cancel();
    [[nodiscard]] bool busy() const;

    /// splitKnown() follows, unless a newer request comes first.
    void previewSplit(std::shared_ptr<const ExploredData> data, const TrainingOptions& options);
    /// Reads every image with the model: readingsKnown() or readingFailed() follows, unless a newer request
    /// or cancelReading() comes first.
    void read(std::shared_ptr<const ExploredData> data, std::shared_ptr<const Model> model);
    void cancelReading();

Q_SIGNALS:
    /// At most about 20 a second.
    void progress(digitpad::DataExplorer::Phase phase, const digitpad::ReadingProgress& progress);
    void explored(const std::shared_ptr<const digitpad::ExploredData>& data);
    /// A sentence for the person.
    void failed(const QString& message);
    void cancelled();
    void splitKnown(const digitpad::SplitPreview& preview);
    /// 0 to 1, at most about 20 a second.
    void readingProgress(double part);
    void readingsKnown(const std::shared_ptr<const digitpad::SetReadings>& readings);
    void readingFailed(const QString& message);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace digitpad
