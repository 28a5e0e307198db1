#include "core/learning/robustnessrunner.h"

#include "core/learning/backgroundwork.h"
#include "core/learning/errorsentence.h"

#include <QLoggingCategory>

#include <utility>

namespace digitpad {

namespace {

Q_LOGGING_CATEGORY(robustnessLog, "digitpad.robustness")

} // namespace

class RobustnessRunner::Private
{
public:
    explicit Private(RobustnessRunner* runner)
        : q(runner)
        , work(runner, QStringLiteral("robustness"))
    {
    }
    ~Private() { endStop(running); }
    Q_DISABLE_COPY_MOVE(Private)

    /// On the worker's thread.
    void measure(const Model& model, const DigitSet& set, std::size_t most, const StopFlag& stop);
    void deliver(const Result<std::vector<RobustnessCurve>>& curves);

    RobustnessRunner* const q;
    StopFlag running;
    BackgroundWork work; ///< Goes first, so that nothing is being measured when the rest goes.
};

void RobustnessRunner::Private::measure(const Model& model, const DigitSet& set, std::size_t most,
                                        const StopFlag& stop)
{
    Throttle throttle;
    auto curves = measureRobustness(model, set, most, [&](double part) {
        if (throttle.due()) {
            work.post(stop, [this, part] { Q_EMIT q->progress(part); });
        }
        return !*stop;
    });
    work.post(stop, [this, curves = std::move(curves)] { deliver(curves); });
}

void RobustnessRunner::Private::deliver(const Result<std::vector<RobustnessCurve>>& curves)
{
    running.reset();
    if (curves) {
        Q_EMIT q->measured(*curves);
    } else {
        Q_EMIT q->failed(sentenceOf(curves.error(), robustnessLog()));
    }
}

RobustnessRunner::RobustnessRunner(QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this))
{
}

RobustnessRunner::~RobustnessRunner() = default;

void RobustnessRunner::start(std::shared_ptr<const Model> model, std::shared_ptr<const DigitSet> set,
                             std::size_t most)
{
    const StopFlag stop = renewStop(d->running);
    d->work.putInstead([p = d.get(), model = std::move(model), set = std::move(set), most, stop] {
        p->measure(*model, *set, most, stop);
    });
}

void RobustnessRunner::cancel()
{
    if (busy()) {
        endStop(d->running);
        Q_EMIT cancelled();
    }
}

bool RobustnessRunner::busy() const
{
    return d->running != nullptr;
}

} // namespace digitpad
