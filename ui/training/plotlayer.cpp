#include "ui/training/plotlayer.h"

#include "ui/training/plotlines.h"

#include <QFuture>
#include <QPainter>
#include <QPromise>
#include <QThreadPool>

#include <algorithm>
#include <utility>

namespace digitpad {

namespace {

/// Pictures of scenes with no more points than this are made at once: it takes a millisecond or two.
constexpr std::size_t fewPoints = 5000;

std::size_t pointsOf(const PlotScene& scene)
{
    std::size_t points = 0;
    for (const PlotRun& run : scene.runs) {
        points += run.curves->batches.size() + 2 * run.curves->epochs.size();
    }
    return points;
}

/// One thread for all plots, so that the others' cores stay free for the window and for training.
QThreadPool& painters()
{
    static QThreadPool pool;
    static const bool once = [] {
        pool.setMaxThreadCount(1);
        pool.setObjectName(QStringLiteral("charts"));
        return true;
    }();
    static_cast<void>(once);
    return pool;
}

bool sameScene(const PlotScene& a, const PlotScene& b)
{
    return a.metric == b.metric && a.options == b.options && a.colors == b.colors && a.runs == b.runs &&
           a.view == b.view && a.xScale == b.xScale && a.yScale == b.yScale;
}

} // namespace

PlotLayer::PlotLayer(QObject* parent)
    : QObject(parent)
{
}

PlotLayer::~PlotLayer() = default;

bool PlotLayer::shows(const PlotScene& scene, QSize area, double devicePixelRatio) const
{
    return !m_image.isNull() && m_shown.area == area && m_shown.devicePixelRatio == devicePixelRatio &&
           sameScene(m_shown.scene, scene);
}

void PlotLayer::paint(QPainter& painter, QPoint at, const PlotScene& scene, QSize area,
                      double devicePixelRatio)
{
    if (!shows(scene, area, devicePixelRatio)) {
        if (pointsOf(scene) <= fewPoints) {
            m_image = renderArea(scene, area, devicePixelRatio);
            m_shown = {scene, area, devicePixelRatio};
        } else if (!m_busy) {
            begin({scene, area, devicePixelRatio});
        }
    }
    const QRect target(at, area);
    if (shows(scene, area, devicePixelRatio)) {
        painter.drawImage(at, m_image);
        return;
    }
    const bool alike = m_shown.scene.options.xAxis == scene.options.xAxis &&
                       m_shown.scene.logarithmic() == scene.logarithmic() &&
                       m_shown.scene.colors == scene.colors;
    if (m_image.isNull() || !alike) {
        painter.fillRect(target, scene.colors.base);
        return;
    }
    const QRectF& view = m_shown.scene.view;
    const QRectF image = QRectF(areaPoint(scene, area, view.left(), view.bottom()),
                                areaPoint(scene, area, view.right(), view.top()))
                             .translated(at);
    const QRegion around = QRegion(target) - image.toRect().adjusted(1, 1, -1, -1);
    for (const QRect& part : around) {
        painter.fillRect(part, scene.colors.base);
    }
    painter.save();
    painter.setClipRect(target);
    painter.drawImage(image, m_image);
    painter.restore();
}

void PlotLayer::begin(Request request)
{
    m_busy = true;
    auto promise = std::make_shared<QPromise<QImage>>();
    promise->start();
    promise->future().then(this, [this, request](const QImage& image) { finish(image, request); });
    painters().start([promise, request = std::move(request)] {
        promise->addResult(renderArea(request.scene, request.area, request.devicePixelRatio));
        promise->finish();
    });
}

void PlotLayer::finish(const QImage& image, const Request& request)
{
    m_busy = false;
    m_image = image;
    m_shown = request;
    Q_EMIT ready(); // What changed meanwhile is asked for when this is painted.
}

} // namespace digitpad
