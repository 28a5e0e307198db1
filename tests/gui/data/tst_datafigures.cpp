#include "core/data/syntheticdigits.h"
#include "ui/data/barchart.h"
#include "ui/data/classfigure.h"
#include "ui/data/pixelgrid.h"

#include <QApplication>
#include <QHelpEvent>
#include <QSignalSpy>
#include <QTest>
#include <QToolTip>

using namespace digitpad;

class DataFiguresTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void barsAreAsHighAsTheirValues();
    void logarithmicBarsShowRareOnes();
    void barsAreChosenByMouseAndKeys();
    void noBarsAreNoTrouble();
    void classFigureLeavesOutWhatIsNotThere();
    void classesAreChosenByMouseAndKeys();
    void pixelsShowTheirValuesWhereThereIsRoom();
};

namespace {

QList<BarChart::Bar> bars(std::initializer_list<double> values)
{
    QList<BarChart::Bar> result;
    for (const double value : values) {
        result.append({value, QString::number(result.size()), QStringLiteral("Bar %1").arg(result.size())});
    }
    return result;
}

} // namespace

void DataFiguresTest::barsAreAsHighAsTheirValues()
{
    BarChart chart(QStringLiteral("Counts"));
    chart.resize(400, 200);
    chart.setBars(bars({10, 5, 0, 10'000}));
    QVERIFY(std::abs(chart.barRect(1).height() * 2000 - chart.barRect(3).height()) <= 2000);
    QCOMPARE(chart.barRect(2).height(), 0.0);
    QVERIFY(chart.barRect(0).height() >= 1); // Small ones can still be seen.
    QVERIFY(chart.barRect(0).right() <= chart.barRect(1).left());
    QVERIFY(chart.rect().contains(chart.barRect(3).toAlignedRect().adjusted(1, 1, -1, -1)));
    QVERIFY(chart.accessibleDescription().contains(QStringLiteral("Bar 2")));
}

void DataFiguresTest::logarithmicBarsShowRareOnes()
{
    BarChart chart(QStringLiteral("Counts"));
    chart.resize(400, 200);
    chart.setBars(bars({100, 1'000'000}));
    chart.setLogarithmic(true);
    QVERIFY(chart.barRect(0).height() > chart.barRect(1).height() / 4);
}

void DataFiguresTest::barsAreChosenByMouseAndKeys()
{
    BarChart chart(QStringLiteral("Counts"));
    chart.resize(400, 200);
    chart.setBars(bars({3, 2, 1}));
    chart.setChoosable(true);
    chart.show();
    QVERIFY(QTest::qWaitForWindowExposed(&chart));
    QSignalSpy chosen(&chart, &BarChart::barChosen);
    QTest::mouseClick(&chart, Qt::LeftButton, {}, QPoint(int(chart.barRect(1).center().x()), 20));
    QCOMPARE(chosen.last().first().toInt(), 1);
    chart.setFocus();
    QTest::mouseMove(&chart, QPoint(int(chart.barRect(0).center().x()), 100));
    QTest::keyClick(&chart, Qt::Key_Right);
    QTest::keyClick(&chart, Qt::Key_Right);
    QTest::keyClick(&chart, Qt::Key_Right);
    QTest::keyClick(&chart, Qt::Key_Return);
    QCOMPARE(chosen.last().first().toInt(), 2);
    QTest::keyClick(&chart, Qt::Key_Left);
    QTest::keyClick(&chart, Qt::Key_Return);
    QCOMPARE(chosen.last().first().toInt(), 1);
}

void DataFiguresTest::noBarsAreNoTrouble()
{
    BarChart chart(QStringLiteral("Counts"));
    chart.resize(400, 200);
    chart.grab();
    chart.setBars(bars({0, 0}));
    chart.grab();
    QCOMPARE(chart.barRect(1).height(), 0.0);
    QTest::keyClick(&chart, Qt::Key_Return);
    chart.resize(3, 3);
    chart.grab();
}

void DataFiguresTest::classFigureLeavesOutWhatIsNotThere()
{
    DigitSet set;
    const DigitSet all = syntheticDigits(50, 1, {});
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (all.labels[i] == 3 || all.labels[i] == 8) {
            set.add(all.digitImage(i), all.labels[i]);
        }
    }
    set.add(DigitImage(), noDigitLabel);
    ClassFigure figure;
    figure.resize(900, figure.sizeHint().height());
    figure.grab(); // Nothing is set yet.
    figure.setStatistics(*digitStatistics(set));
    QCOMPARE(figure.labels(), (std::vector<int>{3, 8, noDigitLabel}));
    const QImage shot = figure.grab().toImage();
    const QRectF first = figure.columnRect(0);
    // The mean image of the threes has ink in its middle.
    bool bright = false;
    for (int y = 0; y < shot.height() / 3; ++y) {
        bright = bright || qGray(shot.pixel(QPointF(first.center().x(), y).toPoint())) > 60;
    }
    QVERIFY(bright);
}

void DataFiguresTest::classesAreChosenByMouseAndKeys()
{
    ClassFigure figure;
    figure.setStatistics(*digitStatistics(syntheticDigits(50, 1, {})));
    figure.resize(900, figure.sizeHint().height());
    figure.show();
    QVERIFY(QTest::qWaitForWindowExposed(&figure));
    QSignalSpy chosen(&figure, &ClassFigure::labelChosen);
    QTest::mouseClick(&figure, Qt::LeftButton, {}, figure.columnRect(4).center().toPoint());
    QCOMPARE(chosen.last().first().toInt(), 4);
    QTest::mouseMove(&figure, figure.columnRect(8).center().toPoint());
    QTest::keyClick(&figure, Qt::Key_Right);
    QTest::keyClick(&figure, Qt::Key_Right);
    QTest::keyClick(&figure, Qt::Key_Return);
    QCOMPARE(chosen.last().first().toInt(), 9);
    QVERIFY(figure.accessibleDescription().contains(QStringLiteral("9: 5 images")));
}

void DataFiguresTest::pixelsShowTheirValuesWhereThereIsRoom()
{
    PixelGrid grid;
    DigitImage image;
    image.pixels[0] = 255;
    grid.setImage(image);
    grid.resize(28 * 8, 28 * 8);
    const auto colors = [&grid] {
        const QImage shot = grid.grab().toImage();
        QSet<QRgb> seen;
        for (int y = shot.height() / 2; y < shot.height() / 2 + 40; ++y) {
            for (int x = shot.width() / 2; x < shot.width() / 2 + 40; ++x) {
                seen.insert(shot.pixel(x, y));
            }
        }
        return seen.size();
    };
    QCOMPARE(colors(), 1);
    grid.resize(28 * grid.sideForValues(), 28 * grid.sideForValues());
    QVERIFY(colors() > 1);
}

QTEST_MAIN(DataFiguresTest)
#include "tst_datafigures.moc"
