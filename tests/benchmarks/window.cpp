// What a person feels of the window: bench_window
//   Start-up: an empty Qt window and DigitPad's in turn, each in a process of its own: time from exec to the
//   end of the first paint, resident memory at that moment, and how much later the recogniser is ready.
//   Drawing: time from a mouse move to its ink being painted, and to the bars being painted with its
//   prediction; idle, and while a network is trained and every core is busy besides.
#include "core/ink/drawing.h"
#include "core/learning/recognizer.h"
#include "core/learning/trainingcontroller.h"
#include "tests/benchmarks/statistics.h"
#include "ui/draw/drawingcanvas.h"
#include "ui/draw/drawtab.h"
#include "ui/mainwindow.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QMouseEvent>
#include <QProcess>
#include <QThread>
#include <QTimer>

#include <atomic>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <thread>
#include <time.h>
#include <vector>

using namespace digitpad;

namespace {

constexpr const char* startVariable = "DIGITPAD_BENCH_START";

double nowMilliseconds()
{
    timespec time{};
    clock_gettime(CLOCK_MONOTONIC, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

double residentMegabytes()
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (status.open(QIODevice::ReadOnly)) {
        const QByteArray text = status.readAll();
        const qsizetype begin = text.indexOf("VmRSS:") + 6;
        const qsizetype end = text.indexOf("kB", begin);
        return text.mid(begin, end - begin).trimmed().toDouble() / 1024;
    }
    return -1;
}

/// Calls back once each time the watched widget's painting has reached the window.
class PaintWatch : public QObject
{
public:
    PaintWatch(QWidget* widget, std::function<void()> painted)
        : m_painted(std::move(painted))
    {
        widget->installEventFilter(this);
    }

    bool eventFilter(QObject*, QEvent* event) override
    {
        if (event->type() == QEvent::Paint && !m_pending) {
            // The event is about to be handled; what is posted now comes after the window has been flushed.
            m_pending = true;
            QMetaObject::invokeMethod(
                this,
                [this] {
                    m_pending = false;
                    m_painted();
                },
                Qt::QueuedConnection);
        }
        return false;
    }

private:
    std::function<void()> m_painted;
    bool m_pending = false;
};

// --- start-up, one process ---

/// Prints "first-paint-ms rss-mb ready-ms" and ends.
int startUp(int argc, char** argv, bool empty)
{
    const double start = qEnvironmentVariable(startVariable).toDouble();
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("digitpad-benchmark"));
    Recognizer recognizer;
    MyDigits digits;
    std::unique_ptr<QWidget> window;
    if (empty) {
        window = std::make_unique<QWidget>();
        window->resize(900, 640);
    } else {
        window = std::make_unique<MainWindow>(&recognizer, &digits);
    }
    double painted = 0;
    const auto finish = [&](double ready) {
        std::printf("%.2f %.1f %.1f\n", painted - start, residentMegabytes(), ready);
        std::fflush(stdout);
        QCoreApplication::exit(0);
    };
    double memory = 0;
    const PaintWatch watch(window.get(), [&] {
        if (painted > 0) {
            return;
        }
        painted = nowMilliseconds();
        memory = residentMegabytes();
        if (empty) {
            finish(0);
        } else {
            recognizer.start();
        }
    });
    QObject::connect(&recognizer, &Recognizer::stateChanged, &recognizer, [&](Recognizer::State) {
        std::printf("%.2f %.1f %.1f\n", painted - start, memory, nowMilliseconds() - painted);
        std::fflush(stdout);
        QCoreApplication::exit(0);
    });
    window->show();
    return QApplication::exec();
}

struct StartUp
{
    std::vector<double> paint;
    std::vector<double> memory;
    std::vector<double> ready;
};

void runOnce(const char* mode, StartUp& figures, bool counted)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QString::fromLatin1(startVariable), QString::number(nowMilliseconds(), 'f', 4));
    process.setProcessEnvironment(environment);
    process.start(QCoreApplication::applicationFilePath(), {QString::fromLatin1(mode)});
    process.waitForFinished();
    const QList<QByteArray> fields = process.readAllStandardOutput().trimmed().split(' ');
    if (fields.size() != 3) {
        std::fprintf(stderr, "%s gave no figures: %s\n", mode, process.readAllStandardError().constData());
        std::exit(1);
    }
    if (counted) {
        figures.paint.push_back(fields[0].toDouble());
        figures.memory.push_back(fields[1].toDouble());
        figures.ready.push_back(fields[2].toDouble());
    }
}

void measureStartUp()
{
    StartUp empty;
    StartUp window;
    for (int i = 0; i < 16; ++i) {
        runOnce("--empty", empty, i > 0);
        runOnce("--window", window, i > 0);
    }
    std::printf("start-up, 15 runs each, medians: first paint %.1f ms, an empty Qt window %.1f ms, "
                "difference %.1f ms; "
                "resident %.1f MB (empty %.1f MB); recogniser ready %.0f ms after the first paint\n",
                median(window.paint), median(empty.paint), median(window.paint) - median(empty.paint),
                median(window.memory), median(empty.memory), median(window.ready));
}

// --- drawing ---

class Pen
{
public:
    explicit Pen(DrawingCanvas* canvas)
        : m_canvas(canvas)
    {
    }
    void send(QEvent::Type type, double angle)
    {
        const QRectF pad = m_canvas->padRect();
        const double radius = pad.width() * 0.3;
        const QPointF position = pad.center() + QPointF(std::cos(angle), 1.3 * std::sin(angle)) * radius;
        const bool move = type == QEvent::MouseMove;
        QMouseEvent event(type, position, m_canvas->mapToGlobal(position),
                          move ? Qt::NoButton : Qt::LeftButton,
                          type == QEvent::MouseButtonRelease ? Qt::NoButton : Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(m_canvas, &event);
    }

private:
    DrawingCanvas* m_canvas;
};

struct Latencies
{
    std::vector<double> ink;
    std::vector<double> bars;
};

void wait(int milliseconds)
{
    QEventLoop loop;
    QTimer::singleShot(milliseconds, Qt::PreciseTimer, &loop, &QEventLoop::quit);
    loop.exec();
}

/// One move after the other, each waited for until its ink and its bars are painted, so that no answer is
/// taken for another move's.
Latencies draw(MainWindow& window, Recognizer& recognizer, int moves)
{
    auto* canvas = window.findChild<DrawingCanvas*>();
    auto* bars = window.findChild<QWidget*>(QStringLiteral("probabilityBars"));
    Latencies latencies;
    double sent = 0;
    bool inkPending = false;
    bool barsPending = false;
    bool predicted = false;
    QEventLoop loop;
    const auto arrived = [&] {
        if (!inkPending && !barsPending) {
            loop.quit();
        }
    };
    const PaintWatch inkWatch(canvas, [&] {
        if (inkPending) {
            inkPending = false;
            latencies.ink.push_back(nowMilliseconds() - sent);
            arrived();
        }
    });
    const PaintWatch barsWatch(bars, [&] {
        if (barsPending && predicted) {
            barsPending = false;
            latencies.bars.push_back(nowMilliseconds() - sent);
            arrived();
        }
    });
    QObject context;
    QObject::connect(&recognizer, &Recognizer::predicted, &context, [&] { predicted = true; });
    Pen pen(canvas);
    for (int i = 0; i < moves; ++i) {
        const double angle = 0.05 * (i % 120);
        if (i % 120 == 0) {
            pen.send(QEvent::MouseButtonPress, angle);
            wait(100);
        }
        predicted = false;
        inkPending = barsPending = true;
        sent = nowMilliseconds();
        pen.send(QEvent::MouseMove, angle + 0.05);
        QTimer::singleShot(2'000, &loop, &QEventLoop::quit);
        loop.exec();
        if (i % 120 == 119) {
            pen.send(QEvent::MouseButtonRelease, angle);
            window.drawTab()->drawing()->clear();
        }
        wait(8);
    }
    return latencies;
}

void print(const char* when, const Latencies& latencies, int moves)
{
    std::printf("%s, %d moves: ink painted p50 %.2f ms, p99 %.2f ms; bars updated p50 %.2f ms, p99 %.2f ms; "
                "answers missing %zu\n",
                when, moves, median(latencies.ink), percentile(latencies.ink, 0.99), median(latencies.bars),
                percentile(latencies.bars, 0.99), static_cast<std::size_t>(moves) - latencies.bars.size());
    std::fflush(stdout);
}

void waitFor(const std::function<bool()>& condition)
{
    while (!condition()) {
        wait(10);
    }
}

int measureDrawing(int argc, char** argv)
{
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("digitpad-benchmark"));
    constexpr int moves = 1'200;
    Recognizer recognizer;
    MyDigits digits;
    MainWindow window(&recognizer, &digits);
    window.show();
    recognizer.start();
    waitFor([&] { return recognizer.state() != Recognizer::State::Loading; });
    draw(window, recognizer, 240); // Warm-up.
    print("idle", draw(window, recognizer, moves), moves);

    TrainingController controller;
    DataSource source;
    source.parts = {QStringLiteral("synthetic")};
    TrainingOptions options;
    options.network = "cnn";
    options.epochs = 10'000;
    options.threads = QThread::idealThreadCount();
    controller.start(recognizer.engine(), {RunOptions{source, options}});
    waitFor([&] { return controller.state() == TrainingController::State::Training; });
    print("while training a CNN on every core", draw(window, recognizer, moves), moves);

    std::atomic<bool> busy = true;
    std::vector<std::thread> burners;
    for (int i = 0; i < QThread::idealThreadCount(); ++i) {
        burners.emplace_back([&busy] {
            while (busy) {
            }
        });
    }
    print("while training, and another busy thread on every core", draw(window, recognizer, moves), moves);
    busy = false;
    for (std::thread& burner : burners) {
        burner.join();
    }
    return 0;
}

} // namespace

int main(int argc, char** argv)
{
    const QByteArray mode = argc > 1 ? QByteArray(argv[1]) : QByteArray();
    if (mode == "--empty" || mode == "--window") {
        return startUp(argc, argv, mode == "--empty");
    }
    {
        const QCoreApplication application(argc, argv);
        measureStartUp();
    }
    return measureDrawing(argc, argv);
}
