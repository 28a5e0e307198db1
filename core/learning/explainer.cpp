#include "core/learning/explainer.h"

#include "core/learning/backgroundwork.h"
#include "core/learning/errorsentence.h"

#include <QLoggingCategory>

#include <utility>

namespace digitpad {

namespace {

Q_LOGGING_CATEGORY(explainerLog, "digitpad.explainer")

} // namespace

class Explainer::Private
{
public:
    explicit Private(Explainer* explainer)
        : q(explainer)
        , work(explainer, QStringLiteral("explainer"))
    {
    }

    void deliver(int answeredRound, const Result<ExplainedImage>& answer);

    Explainer* const q;
    int round = 0; ///< Answers of an older one are out of date.
    std::weak_ptr<const Model> model;
    BackgroundWork work;
};

void Explainer::Private::deliver(int answeredRound, const Result<ExplainedImage>& answer)
{
    if (answeredRound != round) {
        return;
    }
    if (answer) {
        Q_EMIT q->explained(*answer);
    } else {
        Q_EMIT q->failed(sentenceOf(answer.error(), explainerLog()));
    }
}

Explainer::Explainer(QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this))
{
    qRegisterMetaType<ExplainedImage>();
}

Explainer::~Explainer() = default;

void Explainer::explain(std::shared_ptr<const Model> model, const DigitImage& image, int digit, int rival)
{
    if (d->model.lock() != model) {
        ++d->round;
        d->model = model;
    }
    d->work.putInstead([p = d.get(), round = d->round, model = std::move(model), image, digit, rival] {
        const auto explanation = model->explain(image, digit, rival);
        auto answer = explanation ? Result<ExplainedImage>(ExplainedImage{image, *explanation})
                                  : Result<ExplainedImage>(explanation.error());
        p->work.post([p, round, answer = std::move(answer)] { p->deliver(round, answer); });
    });
}

void Explainer::cancel()
{
    ++d->round;
    d->work.dropWaiting();
}

} // namespace digitpad
