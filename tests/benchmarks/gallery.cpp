// How long a gallery takes for a frame: bench_gallery
//   60,000 pictures in a view of 1400 × 900 logical pixels at the scale of QT_SCALE_FACTOR: a frame while
//   scrolling by the wheel's step, one after a jump to where no thumbnail is made yet, and one of the whole
//   view with all of them made. All of it on the GUI thread, painting into the window's picture included.
#include "tests/benchmarks/statistics.h"
#include "tests/gui/gallery/manyitems.h"
#include "ui/gallery/imagegallery.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QImage>
#include <QScrollBar>
#include <QStyleFactory>

#include <cstdio>
#include <functional>
#include <vector>

using namespace digitpad;

namespace {

constexpr int rounds = 300;

/// The change and all painting that it asks for, as the event loop does it.
std::vector<double> frames(const std::function<void(int)>& change)
{
    std::vector<double> times;
    for (int i = 0; i < rounds; ++i) {
        QElapsedTimer timer;
        timer.start();
        change(i);
        QCoreApplication::processEvents();
        times.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
    }
    return times;
}

void print(const char* what, const std::vector<double>& times)
{
    std::printf("  %-12s median %6.2f ms, p99 %6.2f ms, slowest %6.2f ms\n", what, median(times),
                percentile(times, 0.99), percentile(times, 1));
}

} // namespace

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    test::ManyItems items(60'000);
    ImageGallery gallery;
    gallery.setItems(&items);
    gallery.resize(1400, 900);
    gallery.show();
    QCoreApplication::processEvents();
    QScrollBar* bar = gallery.verticalScrollBar();
    for (std::size_t zoom = 0; zoom < ImageGallery::zoomSides().size(); ++zoom) {
        gallery.setZoom(static_cast<int>(zoom));
        QCoreApplication::processEvents();
        std::printf("Pictures of %d pixels at scale %g\n", ImageGallery::zoomSides()[zoom],
                    gallery.devicePixelRatioF());
        print("scroll", frames([&](int i) { bar->setValue((i + 1) * bar->singleStep()); }));
        print("jump", frames([&](int i) { bar->setValue((i * 7919 % rounds) * (bar->maximum() / rounds)); }));
        print("repaint", frames([&](int) { gallery.viewport()->update(); }));
    }
    return 0;
}
