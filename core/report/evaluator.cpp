#include "core/report/evaluator.h"

#include "core/learning/backgroundwork.h"
#include "core/learning/errorsentence.h"

#include <QElapsedTimer>
#include <QLoggingCategory>

#include <utility>

namespace digitpad {

namespace {

Q_LOGGING_CATEGORY(evaluatorLog, "digitpad.evaluation")

bool same(const DigitSet& a, const DigitSet& b)
{
    return a.name == b.name && a.labels == b.labels && a.images == b.images;
}

using Finished = std::shared_ptr<const FinishedEvaluation>;
using Report = std::function<bool(Evaluator::Phase phase, const ReadingProgress& progress)>;

Result<void> measure(const Model& model, EvaluationData& data, const Report& report)
{
    const auto images = static_cast<double>(data.set->size());
    QElapsedTimer timer;
    timer.start();
    const Result<Logits> logits = model.logits(*data.set, [&](std::size_t done) {
        return report(Evaluator::Phase::Measuring, {done, static_cast<double>(done) / images});
    });
    const double seconds = static_cast<double>(timer.nsecsElapsed()) / 1e9;
    if (!logits) {
        return logits.error();
    }
    data.readings = readingsOf(*logits, *data.set, data.info);
    data.figures = evaluationFigures(*logits, *data.set, data.info, data.readings, seconds);
    return {};
}

Result<Finished> finish(const EvaluationRequest& request, const Report& report)
{
    auto finished = std::make_shared<FinishedEvaluation>();
    finished->model = request.model;
    finished->source = request.source;
    if (!finished->model) {
        report(Evaluator::Phase::LoadingModel, {});
        const auto loaded = request.loadModel();
        if (!loaded) {
            return loaded.error();
        }
        finished->model = *loaded;
    }
    const ReadingMonitor monitor = [&report](const ReadingProgress& progress) {
        return report(Evaluator::Phase::Reading, progress);
    };
    auto read = request.loadData ? request.loadData(monitor) : loadEvaluationData(request.source, monitor);
    if (!read) {
        return read.error();
    }
    finished->origins = std::move(read->origins);
    finished->warnings = read->warnings;
    auto data = std::make_shared<EvaluationData>();
    data->model = request.modelName;
    data->info = finished->model->info();
    data->set = request.known && same(*request.known, read->test)
                    ? request.known
                    : std::make_shared<const DigitSet>(std::move(read->test));
    data->data = QString::fromStdString(data->set->name);
    data->made = QDateTime::currentDateTime();
    data->program = QStringLiteral("DigitPad " DIGITPAD_VERSION);
    if (const auto measured = measure(*finished->model, *data, report); !measured) {
        return measured.error();
    }
    finished->data = std::move(data);
    return Finished(std::move(finished));
}

} // namespace

class Evaluator::Private
{
public:
    explicit Private(Evaluator* evaluator)
        : q(evaluator)
        , work(evaluator, QStringLiteral("evaluation"))
    {
    }
    ~Private() { endStop(stop); }
    Q_DISABLE_COPY_MOVE(Private)

    /// On the worker's thread.
    void measure(const EvaluationRequest& request, const StopFlag& stopped);

    Evaluator* const q;
    StopFlag stop;
    BackgroundWork work; ///< Goes first, so that nothing is being measured when the rest goes.
};

void Evaluator::Private::measure(const EvaluationRequest& request, const StopFlag& stopped)
{
    if (*stopped) {
        return;
    }
    Throttle throttle;
    Phase last = Phase::LoadingModel;
    const auto report = [&](Phase phase, const ReadingProgress& now) {
        if (phase != last) {
            throttle = {};
            last = phase;
        }
        if (throttle.due()) {
            work.post(stopped, [this, phase, now] { Q_EMIT q->progress(phase, now); });
        }
        return !*stopped;
    };
    auto result = finish(request, report);
    work.post(stopped, [this, result = std::move(result)] {
        stop.reset();
        if (result) {
            Q_EMIT q->evaluated(*result);
        } else {
            Q_EMIT q->failed(sentenceOf(result.error(), evaluatorLog()));
        }
    });
}

Evaluator::Evaluator(QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this))
{
}

Evaluator::~Evaluator() = default;

void Evaluator::evaluate(const EvaluationRequest& request)
{
    const StopFlag stop = renewStop(d->stop);
    d->work.putInstead([p = d.get(), request, stop] { p->measure(request, stop); });
}

void Evaluator::cancel()
{
    if (busy()) {
        endStop(d->stop);
        Q_EMIT cancelled();
    }
}

bool Evaluator::busy() const
{
    return d->stop != nullptr;
}

} // namespace digitpad
