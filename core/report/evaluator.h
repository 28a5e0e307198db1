#pragma once

#include "core/base/result.h"
#include "core/data/datasource.h"
#include "core/learning/engine.h"
#include "core/report/evaluationdata.h"

#include <QObject>
#include <QString>
#include <QStringList>

#include <functional>
#include <memory>
#include <vector>

namespace digitpad {

/// Which model to measure, and on what.
struct EvaluationRequest
{
    QString modelName; ///< What the person calls it.
    /// The model, or, where that is null, what brings it: called on the evaluator's thread.
    std::shared_ptr<const Model> model;
    std::function<Result<std::shared_ptr<const Model>>()> loadModel;

    DataSource source;
    /// Brings the data, on the evaluator's thread, as loadEvaluationData() does; where it is empty, that
    /// reads `source`.
    std::function<Result<LoadedData>(const ReadingMonitor&)> loadData;
    /// A set that was measured on before. Where the same images and labels are read again it is used
    /// instead of a second copy, so that evaluations of one set are told by the pointer.
    std::shared_ptr<const DigitSet> known;
};

/// What came of it. Shared, never changed.
struct FinishedEvaluation
{
    std::shared_ptr<const EvaluationData> data; ///< Not null, and neither is the model.
    std::shared_ptr<const Model> model;
    DataSource source;
    std::vector<SampleOrigin> origins; ///< One for each image, or none.
    QStringList warnings;              ///< Of the reading, in sentences for the person.
};

/// Measures one model at a time off the GUI thread. The façade lives on the GUI thread and never blocks it.
class Evaluator : public QObject
{
    Q_OBJECT

public:
    enum class Phase { LoadingModel, Reading, Measuring };
    Q_ENUM(Phase)

    explicit Evaluator(QObject* parent = nullptr);
    /// Ends what is being done, and waits for that: a batch of images, or the slowest step of a reader.
    ~Evaluator() override;

    /// Exactly one of evaluated(), failed() and cancelled() follows, unless a newer evaluate() comes first.
    void evaluate(const EvaluationRequest& request);
    /// cancelled() follows at once where something is being measured.
    void cancel();
    [[nodiscard]] bool busy() const;

Q_SIGNALS:
    /// At most about 20 a second.
    void progress(digitpad::Evaluator::Phase phase, const digitpad::ReadingProgress& progress);
    void evaluated(const std::shared_ptr<const digitpad::FinishedEvaluation>& evaluation);
    /// A sentence for the person.
    void failed(const QString& message);
    void cancelled();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace digitpad
