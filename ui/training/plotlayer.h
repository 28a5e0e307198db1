#pragma once

#include "ui/training/plotscene.h"

#include <QImage>
#include <QObject>
#include <QSize>

class QPainter;

namespace digitpad {

/// The picture of a plot's area, kept until what it shows changes. Pictures are made on a thread of the
/// global pool, the newest scene first, so that the GUI thread only copies them; while a new one is being
/// made, the old one is shown, moved and stretched to the new view. The first picture, and those of few
/// points, are made at once. GUI thread only.
class PlotLayer : public QObject
{
    Q_OBJECT

public:
    explicit PlotLayer(QObject* parent = nullptr);
    /// Does not wait: a picture in the making is dropped when it is done.
    ~PlotLayer() override;

    /// `area` in logical pixels.
    void paint(QPainter& painter, QPoint at, const PlotScene& scene, QSize area, double devicePixelRatio);
    /// Whether the picture that is there shows just this.
    [[nodiscard]] bool shows(const PlotScene& scene, QSize area, double devicePixelRatio) const;

Q_SIGNALS:
    /// A picture is there; paint again.
    void ready();

private:
    struct Request
    {
        PlotScene scene;
        QSize area;
        double devicePixelRatio = 1;
    };

    void begin(Request request);
    void finish(const QImage& image, const Request& request);

    QImage m_image;
    Request m_shown; ///< What m_image shows.
    bool m_busy = false;
};

} // namespace digitpad
