#include "tests/gui/training/curvefixture.h"
#include "ui/training/plotrange.h"
#include "ui/training/plotview.h"

#include <QAction>
#include <QImage>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>
#include <QWindow>

#include <cmath>

using namespace digitpad;
using digitpad::test::makeCurves;

Q_DECLARE_METATYPE(digitpad::Range)

/// A plot on its own: what it asks for, and what it shows.
class TestPlotView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void wheelZoomsAboutTheMouse();
    void wheelWithShiftZoomsY();
    void wheelOverTheNumbersZoomsY();
    void bandZoomsBoth();
    void flatBandZoomsXAlone();
    void clickZoomsNothing();
    void shiftDragMoves();
    void middleDragMoves();
    void doubleClickResets();
    void keys_data();
    void keys();
    void keysComeBeforeShortcutsOfTheWindow();
    void crosshairByTheMouse();
    void crosshairByKeys();
    void crosshairSaysTheBatch();
    void escapeGivesUpABand();
    void emptyPlotAsksForNothing();
    void emptyPlotSaysWhatComes();
    void bigScenesArePaintedBesides();
    void linesAreWhereTheValuesAre();

private:
    void setRuns(int count, int batchesPerEpoch, int epochs = 10);
    void wheel(QPointF place, int delta, Qt::KeyboardModifiers modifiers = {});
    [[nodiscard]] QPoint middle() const { return m_plot->plotArea().center().toPoint(); }
    static bool near(double a, double b)
    {
        return std::abs(a - b) < 0.02 * (std::abs(a) + std::abs(b)) + 1e-9;
    }

    std::unique_ptr<PlotView> m_plot;
    QList<Range> m_x;
    QList<Range> m_y;
    int m_resets = 0;
};

void TestPlotView::init()
{
    m_x.clear();
    m_y.clear();
    m_resets = 0;
    m_plot = std::make_unique<PlotView>(Metric::Loss);
    connect(m_plot.get(), &PlotView::xWanted, this, [this](Range x) { m_x.append(x); });
    connect(m_plot.get(), &PlotView::yWanted, this, [this](Range y) { m_y.append(y); });
    connect(m_plot.get(), &PlotView::resetWanted, this, [this] { ++m_resets; });
    m_plot->resize(600, 300);
    m_plot->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_plot.get()));
    setRuns(1, 50);
    m_plot->setFocus();
}

void TestPlotView::cleanup()
{
    m_plot.reset();
}

/// The view is 0 to 10 by 0 to 2.
void TestPlotView::setRuns(int count, int batchesPerEpoch, int epochs)
{
    PlotScene scene = m_plot->scene();
    scene.options.smoothing = 0.1;
    scene.emptyText = QStringLiteral("Nothing yet.");
    scene.runs.clear();
    for (int i = 0; i < count; ++i) {
        const auto curves = makeCurves({epochs, batchesPerEpoch, 0.1, unsigned(i + 1), true});
        scene.runs.push_back(
            {QString::number(i), QStringLiteral("Run %1").arg(i), i, curves, stepsPerEpoch(*curves)});
    }
    scaleX(scene, {0, 10}, 5);
    scaleYTo(scene, {0, 2});
    m_plot->setScene(scene);
}

void TestPlotView::wheel(QPointF place, int delta, Qt::KeyboardModifiers modifiers)
{
    QWheelEvent event(place, m_plot->mapToGlobal(place), {}, {0, delta}, Qt::NoButton, modifiers,
                      Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(m_plot.get(), &event);
}

void TestPlotView::wheelZoomsAboutTheMouse()
{
    wheel(m_plot->placeOf(2.5, 1), 120);
    QCOMPARE(m_x.size(), 1);
    QVERIFY(m_y.isEmpty());
    QVERIFY(near(m_x[0].span(), 10 / 1.2));
    QVERIFY(near(m_x[0].low, 2.5 - 2.5 / 1.2)); // What is under the mouse stays there.
    wheel(m_plot->placeOf(2.5, 1), -120);
    QVERIFY(near(m_x[1].span(), 12));
}

void TestPlotView::wheelWithShiftZoomsY()
{
    wheel(m_plot->placeOf(5, 0.5), 120, Qt::ShiftModifier);
    QVERIFY(m_x.isEmpty());
    QCOMPARE(m_y.size(), 1);
    QVERIFY(near(m_y[0].span(), 2 / 1.2));
}

void TestPlotView::wheelOverTheNumbersZoomsY()
{
    wheel(QPointF(4, m_plot->height() / 2.0), 120);
    QVERIFY(m_x.isEmpty());
    QCOMPARE(m_y.size(), 1);
}

void TestPlotView::bandZoomsBoth()
{
    const QPoint from = m_plot->placeOf(2, 1.5).toPoint();
    const QPoint to = m_plot->placeOf(4, 0.5).toPoint();
    QTest::mousePress(m_plot.get(), Qt::LeftButton, {}, from);
    QTest::mouseMove(m_plot.get(), to);
    QVERIFY(m_x.isEmpty()); // Not before it is let go.
    QTest::mouseRelease(m_plot.get(), Qt::LeftButton, {}, to);
    QCOMPARE(m_x.size(), 1);
    QCOMPARE(m_y.size(), 1);
    QVERIFY(near(m_x[0].low, 2) && near(m_x[0].high, 4));
    QVERIFY(near(m_y[0].low, 0.5) && near(m_y[0].high, 1.5));
}

void TestPlotView::flatBandZoomsXAlone()
{
    const QPoint from = m_plot->placeOf(8, 1).toPoint(); // From right to left does as well.
    const QPoint to = m_plot->placeOf(5, 1).toPoint() + QPoint(0, 3);
    QTest::mousePress(m_plot.get(), Qt::LeftButton, {}, from);
    QTest::mouseMove(m_plot.get(), to);
    QTest::mouseRelease(m_plot.get(), Qt::LeftButton, {}, to);
    QCOMPARE(m_x.size(), 1);
    QVERIFY(near(m_x[0].low, 5) && near(m_x[0].high, 8));
    QVERIFY(m_y.isEmpty());
}

void TestPlotView::clickZoomsNothing()
{
    QTest::mouseClick(m_plot.get(), Qt::LeftButton, {}, middle());
    QVERIFY(m_x.isEmpty() && m_y.isEmpty());
}

void TestPlotView::shiftDragMoves()
{
    const QPoint from = m_plot->placeOf(5, 1).toPoint();
    const QPoint to = m_plot->placeOf(6, 1).toPoint();
    QTest::mousePress(m_plot.get(), Qt::LeftButton, Qt::ShiftModifier, from);
    QTest::mouseMove(m_plot.get(), to);
    QCOMPARE(m_x.size(), 1);
    QVERIFY(near(m_x[0].low, -1) && near(m_x[0].high, 9));
    QVERIFY(m_y.isEmpty()); // Along x alone, so that y keeps fitting by itself.
    QTest::mouseRelease(m_plot.get(), Qt::LeftButton, Qt::ShiftModifier, to);
    QTest::mouseMove(m_plot.get(), from);
    QCOMPARE(m_x.size(), 1);
}

void TestPlotView::middleDragMoves()
{
    QTest::mousePress(m_plot.get(), Qt::MiddleButton, {}, m_plot->placeOf(5, 1).toPoint());
    QTest::mouseMove(m_plot.get(), m_plot->placeOf(5, 1.5).toPoint());
    QTest::mouseRelease(m_plot.get(), Qt::MiddleButton, {}, m_plot->placeOf(5, 1.5).toPoint());
    QCOMPARE(m_y.size(), 1);
    QVERIFY(near(m_y[0].high, 1.5));
}

void TestPlotView::doubleClickResets()
{
    QTest::mouseDClick(m_plot.get(), Qt::LeftButton, {}, middle());
    QTest::mouseRelease(m_plot.get(), Qt::LeftButton, {}, middle()); // A person lets go of it, too.
    QCOMPARE(m_resets, 1);
    QVERIFY(m_x.isEmpty() && m_y.isEmpty());
}

void TestPlotView::keys_data()
{
    QTest::addColumn<int>("key");
    QTest::addColumn<int>("modifiers");
    QTest::addColumn<double>("xLow");
    QTest::addColumn<double>("xHigh");
    QTest::addColumn<double>("yLow");
    QTest::addColumn<double>("yHigh");
    const auto row = [](const char* name, int key, int modifiers, Range x, Range y) {
        QTest::newRow(name) << key << modifiers << x.low << x.high << y.low << y.high;
    };
    const Range whole{0, 10};
    const Range wholeY{0, 2};
    row("plus", Qt::Key_Plus, Qt::NoModifier, {1, 9}, wholeY);
    row("plus, typed with Shift", Qt::Key_Plus, Qt::ShiftModifier, {1, 9}, wholeY);
    row("plus of the number pad", Qt::Key_Plus, Qt::KeypadModifier, {1, 9}, wholeY);
    row("equal, the same key", Qt::Key_Equal, Qt::NoModifier, {1, 9}, wholeY);
    row("minus", Qt::Key_Minus, Qt::NoModifier, {-1.25, 11.25}, wholeY);
    row("Ctrl plus", Qt::Key_Plus, Qt::ControlModifier, whole, {0.2, 1.8});
    row("Ctrl minus", Qt::Key_Minus, Qt::ControlModifier, whole, {-0.25, 2.25});
    row("left", Qt::Key_Left, Qt::NoModifier, {-1, 9}, wholeY);
    row("right", Qt::Key_Right, Qt::NoModifier, {1, 11}, wholeY);
    row("up", Qt::Key_Up, Qt::NoModifier, whole, {0.2, 2.2});
    row("down", Qt::Key_Down, Qt::NoModifier, whole, {-0.2, 1.8});
}

void TestPlotView::keys()
{
    QFETCH(int, key);
    QFETCH(int, modifiers);
    QFETCH(double, xLow);
    QFETCH(double, xHigh);
    QFETCH(double, yLow);
    QFETCH(double, yHigh);
    QTest::keyClick(m_plot.get(), Qt::Key(key), Qt::KeyboardModifiers(modifiers));
    QCOMPARE(m_x.size() + m_y.size(), 1);
    const Range x = m_x.value(0, {0, 10});
    const Range y = m_y.value(0, {0, 2});
    QVERIFY(near(x.low, xLow) && near(x.high, xHigh));
    QVERIFY(near(y.low, yLow) && near(y.high, yHigh));
}

void TestPlotView::keysComeBeforeShortcutsOfTheWindow()
{
    // As the window has them: a digit says what a drawing was.
    QAction digit;
    digit.setShortcuts({QKeySequence(Qt::Key_0), QKeySequence(Qt::Key_Left), QKeySequence(Qt::Key_Home)});
    m_plot->addAction(&digit);
    QSignalSpy triggered(&digit, &QAction::triggered);
    m_plot->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_plot.get()));
    for (const Qt::Key key : {Qt::Key_0, Qt::Key_Left, Qt::Key_Home}) {
        QTest::keyClick(m_plot->windowHandle(), key);
    }
    QCOMPARE(triggered.size(), 0);
    QCOMPARE(m_resets, 2);
    QCOMPARE(m_x.size(), 1);
}

void TestPlotView::crosshairByTheMouse()
{
    QTest::mouseMove(m_plot.get(), middle());
    QTest::mouseMove(m_plot.get(), m_plot->placeOf(5.05, 1).toPoint());
    QTRY_VERIFY(m_plot->crosshairText().startsWith(QStringLiteral("Epoch 5.0")));
    QTest::mouseMove(m_plot.get(), QPoint(1, 1));
    QTRY_VERIFY(m_plot->crosshairText().isEmpty());
}

void TestPlotView::crosshairByKeys()
{
    QTest::keyClick(m_plot.get(), Qt::Key_Right, Qt::ShiftModifier);
    const QString first = m_plot->crosshairText();
    QVERIFY2(first.startsWith(QStringLiteral("Epoch 5.1")), qPrintable(first));
    QCOMPARE(m_plot->accessibleDescription(), first);
    QTest::keyClick(m_plot.get(), Qt::Key_Left, Qt::ControlModifier);
    QVERIFY(m_plot->crosshairText().startsWith(QStringLiteral("Epoch 4.1")));
    QTest::keyClick(m_plot.get(), Qt::Key_Escape);
    QVERIFY(m_plot->crosshairText().isEmpty());
}

void TestPlotView::crosshairSaysTheBatch()
{
    const RunCurves& curves = *m_plot->scene().runs[0].curves;
    const Crosshair crosshair = crosshairAt(m_plot->scene(), 3, 0, 12);
    QCOMPARE(crosshair.rows.size(), 1u);
    const BatchPoint& batch = curves.batches[149]; // Step 150 of 50 an epoch.
    QCOMPARE(crosshair.rows[0].batch, metricText(Metric::Loss, double(batch.loss)));
    QCOMPARE(crosshair.rows[0].training,
             metricText(Metric::Loss, smoothedAt(curves.batches, 149, Metric::Loss, 5)));
    QVERIFY(
        crosshair.rows[0].validation.startsWith(metricText(Metric::Loss, curves.epochs[2].validationLoss)));
    QVERIFY(crosshairAt(m_plot->scene(), 10.6, 0, 12).rows.empty()); // Behind the run's end.
    setRuns(20, 50);
    const Crosshair many = crosshairAt(m_plot->scene(), 3, 0.5, 12);
    QCOMPARE(many.rows.size(), 12u);
    QCOMPARE(many.more, 8u);
}

void TestPlotView::escapeGivesUpABand()
{
    QTest::mousePress(m_plot.get(), Qt::LeftButton, {}, middle());
    QTest::mouseMove(m_plot.get(), middle() + QPoint(80, 40));
    QTest::keyClick(m_plot.get(), Qt::Key_Escape);
    QTest::mouseRelease(m_plot.get(), Qt::LeftButton, {}, middle() + QPoint(80, 40));
    QVERIFY(m_x.isEmpty() && m_y.isEmpty());
}

void TestPlotView::emptyPlotAsksForNothing()
{
    setRuns(0, 1);
    wheel(middle(), 120);
    QTest::mousePress(m_plot.get(), Qt::LeftButton, {}, middle());
    QTest::mouseRelease(m_plot.get(), Qt::LeftButton, {}, middle() + QPoint(50, 50));
    QVERIFY(m_x.isEmpty() && m_y.isEmpty());
    QVERIFY(m_plot->crosshairText().isEmpty());
}

void TestPlotView::emptyPlotSaysWhatComes()
{
    setRuns(0, 1);
    const QImage with = m_plot->grab().toImage();
    PlotScene scene = m_plot->scene();
    scene.emptyText.clear();
    m_plot->setScene(scene);
    QVERIFY(m_plot->grab().toImage() != with);
}

void TestPlotView::bigScenesArePaintedBesides()
{
    setRuns(3, 4000);
    m_plot->grab();
    QTRY_VERIFY(m_plot->settled());
    const QImage sharp = m_plot->grab().toImage();
    PlotScene scene = m_plot->scene();
    scaleX(scene, {2, 6}, 5);
    m_plot->setScene(scene);
    QVERIFY(m_plot->grab().toImage() != sharp); // Something of the new view is there at once.
    QTRY_VERIFY(m_plot->settled());
}

void TestPlotView::linesAreWhereTheValuesAre()
{
    auto curves = std::make_shared<RunCurves>();
    EpochMetrics metrics;
    for (metrics.epoch = 1; metrics.epoch <= 9; ++metrics.epoch) {
        metrics.trainingLoss = metrics.validationLoss = 1;
        curves->epochs.push_back(metrics);
    }
    PlotScene scene = m_plot->scene();
    scene.options.training = false;
    scene.runs = {{QStringLiteral("flat"), QStringLiteral("Flat"), 0, curves, 1.0},
                  {QStringLiteral("same"), QStringLiteral("Same"), 0, curves, 1.0}};
    m_plot->setScene(scene);
    const QImage image = m_plot->grab().toImage();
    const auto coloured = [&](double x, double y) {
        const QPoint place = (m_plot->placeOf(x, y) * image.devicePixelRatio()).toPoint();
        return image.pixelColor(place).saturation() > 100;
    };
    QVERIFY(coloured(3.5, 1));
    QVERIFY(!coloured(3.5, 1.2) && !coloured(3.5, 0.8) && !coloured(0.5, 1) && !coloured(9.5, 1));
}

QTEST_MAIN(TestPlotView)
#include "tst_plotview.moc"
