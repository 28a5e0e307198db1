#include "core/learning/samplepreviewer.h"

#include "core/base/random.h"
#include "core/data/syntheticdigits.h"
#include "core/image/normalizer.h"

#include <QCoreApplication>
#include <QPointer>
#include <QThread>

#include <algorithm>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <utility>

namespace digitpad {

namespace {

/// Kept of a source, to draw previews from.
constexpr std::size_t samplesKept = 64;
/// Drawing all of a synthetic source takes seconds, and so many tell its statistics to two digits.
constexpr std::size_t syntheticEnough = 1000;

struct Request
{
    int round = 0;
    DataSource source;
    std::size_t count = 0;
    std::uint64_t seed = 0;
};

struct Samples
{
    std::shared_ptr<const DigitSet> set = std::make_shared<const DigitSet>();
    std::vector<SampleOrigin> origins;
    bool standIns = false;
    QString problem;
    std::optional<PixelStatistics> statistics;
    bool estimated = false;
};

/// What matters of a source for its samples, and no more of it than a preview needs.
DataSource reduced(DataSource source)
{
    source.augmentation.reset();
    source.heldOutGroups.clear();
    source.inkRepeats = 1;
    source.syntheticCount = std::min(source.syntheticCount, syntheticEnough);
    source.noDigitCount = std::min(source.noDigitCount, syntheticEnough);
    return source;
}

Samples standIns()
{
    Samples samples;
    Random random(1);
    auto set = std::make_shared<DigitSet>();
    for (std::size_t i = 0; i < samplesKept; ++i) {
        const int digit = static_cast<int>(i % digitClasses);
        auto ink = std::make_shared<const Ink>(syntheticDigit(digit, random));
        set->add(normalizeInk(*ink), digit);
        samples.origins.push_back({SampleOrigin::Kind::Strokes, std::move(ink)});
    }
    samples.set = std::move(set);
    samples.standIns = true;
    return samples;
}

/// `count` of them, different ones as long as there are, in the order that `random` brings.
std::vector<std::size_t> chosen(std::size_t size, std::size_t count, Random random)
{
    std::vector<std::size_t> all(size);
    for (std::size_t i = 0; i < size; ++i) {
        all[i] = i;
    }
    const std::size_t wanted = std::min(count, size);
    for (std::size_t i = 0; i < wanted; ++i) {
        std::swap(all[i], all[i + random.below(size - i)]);
    }
    all.resize(wanted);
    return all;
}

Samples someOf(const LoadedData& data, const DataSource& source)
{
    Samples samples;
    const auto indices = chosen(data.training.size(), samplesKept, Random(1));
    samples.set = std::make_shared<const DigitSet>(subset(data.training, indices));
    for (const std::size_t index : indices) {
        samples.origins.push_back(data.origins[index]);
    }
    samples.statistics = pixelStatistics(data.training);
    samples.estimated = source.parts.contains(QStringLiteral("synthetic")) ||
                        source.parts.contains(QStringLiteral("no-digits"));
    return samples;
}

SamplePreview previewOf(const Samples& samples, const Request& request)
{
    SamplePreview preview;
    preview.standIns = samples.standIns;
    preview.problem = samples.problem;
    preview.statistics = samples.statistics;
    preview.estimated = samples.estimated;
    const auto renderer =
        augmenter(samples.set, samples.origins, request.source.augmentation.value_or(AugmentationOptions()));
    for (const std::size_t index : chosen(samples.set->size(), request.count, Random(request.seed))) {
        preview.plain.push_back(samples.set->digitImage(index));
        DigitImage varied;
        renderer->render(index, request.seed, varied.pixels.data());
        preview.varied.push_back(varied);
    }
    return preview;
}

} // namespace

/// Shared by the façade and its worker; whoever of the two is the last takes it along.
class SamplePreviewer::Private
{
public:
    explicit Private(SamplePreviewer* previewer)
        : q(previewer)
    {
    }

    // --- GUI thread ---
    void leave();
    void deliver(int of, const SamplePreview& preview);

    // --- worker thread ---
    void work();
    /// The next request; none when it is time to end.
    std::optional<Request> take();
    void answer(const Request& request);
    void send(const Request& request, const Samples& samples);
    /// False where another request waits that asks for another source, or nobody any more.
    bool stillWanted(const DataSource& source);
    void read(const Request& request, const DataSource& source);

    int round = 0;
    QPointer<QThread> thread;             ///< The GUI thread's.
    std::optional<DataSource> readSource; ///< What `samples` are of; the worker's.
    Samples samples;

    std::mutex mutex;
    std::condition_variable condition;
    std::optional<Request> waiting;
    SamplePreviewer* q; ///< Null when the façade is gone: time to end.
};

namespace {

/// Outlives its previewer where that goes while a source is being read. The application waits for it when it
/// ends, behind its last window.
class Worker : public QThread
{
public:
    explicit Worker(std::function<void()> work)
        : QThread(QCoreApplication::instance())
        , m_work(std::move(work))
    {
        setObjectName(QStringLiteral("preview"));
        connect(this, &QThread::finished, this, &QObject::deleteLater);
    }
    ~Worker() override { wait(); }
    Q_DISABLE_COPY_MOVE(Worker)

protected:
    void run() override { m_work(); }

private:
    std::function<void()> m_work;
};

} // namespace

void SamplePreviewer::Private::leave()
{
    {
        const std::lock_guard lock(mutex);
        q = nullptr;
    }
    condition.notify_one();
}

void SamplePreviewer::Private::deliver(int of, const SamplePreview& preview)
{
    if (of == round) {
        Q_EMIT q->drawn(preview);
    }
}

std::optional<Request> SamplePreviewer::Private::take()
{
    std::unique_lock lock(mutex);
    condition.wait(lock, [this] { return waiting || q == nullptr; });
    return q == nullptr ? std::nullopt : std::exchange(waiting, std::nullopt);
}

bool SamplePreviewer::Private::stillWanted(const DataSource& source)
{
    const std::lock_guard lock(mutex);
    return q != nullptr && (!waiting || reduced(waiting->source) == source);
}

void SamplePreviewer::Private::read(const Request& request, const DataSource& source)
{
    const auto loaded = loadData(source, [this, &source] { return stillWanted(source); });
    if (!loaded && loaded.error().code == ErrorCode::Cancelled) {
        return;
    }
    if (loaded) {
        samples = someOf(*loaded, source);
        readSource = source;
        return;
    }
    // Not remembered: the files may come.
    samples = standIns();
    samples.problem = QString::fromStdString(loaded.error().message);
    readSource.reset();
    send(request, samples);
}

void SamplePreviewer::Private::send(const Request& request, const Samples& from)
{
    const SamplePreview preview = previewOf(from, request);
    const std::lock_guard lock(mutex);
    if (q != nullptr) {
        // Queued for the façade: where it is gone by then, so is the preview.
        QMetaObject::invokeMethod(
            q, [this, of = request.round, preview] { deliver(of, preview); }, Qt::QueuedConnection);
    }
}

void SamplePreviewer::Private::answer(const Request& request)
{
    const DataSource source = reduced(request.source);
    if (readSource != source) {
        send(request, standIns());
        read(request, source);
    }
    if (readSource == source) {
        send(request, samples);
    }
}

void SamplePreviewer::Private::work()
{
    while (const auto request = take()) {
        answer(*request);
    }
}

SamplePreviewer::SamplePreviewer(QObject* parent)
    : QObject(parent)
    , d(std::make_shared<Private>(this))
{
    qRegisterMetaType<SamplePreview>();
}

SamplePreviewer::~SamplePreviewer()
{
    d->leave();
}

void SamplePreviewer::draw(const DataSource& source, std::size_t count, std::uint64_t seed)
{
    if (!d->thread) {
        d->thread = new Worker([shared = d] { shared->work(); });
        d->thread->start(QThread::LowPriority);
    }
    {
        const std::lock_guard lock(d->mutex);
        d->waiting = Request{++d->round, source, count, seed};
    }
    d->condition.notify_one();
}

} // namespace digitpad
