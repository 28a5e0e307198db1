#include "tests/gui/training/curvefixture.h"
#include "ui/training/chartexport.h"
#include "ui/training/plotrange.h"

#include <QBuffer>
#include <QDir>
#include <QSvgRenderer>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace digitpad;
using digitpad::test::makeCurves;

namespace {

ChartPicture pictureOf(int runs, const QString& name = QStringLiteral("Run"))
{
    ChartPicture picture;
    picture.room = {800, 500};
    for (const Metric metric : {Metric::Loss, Metric::Accuracy}) {
        PlotScene scene;
        scene.metric = metric;
        scene.colors = PlotColors::onWhite();
        scene.options.smoothing = 0.1;
        for (int i = 0; i < runs; ++i) {
            const auto curves = makeCurves({4, 25, 0.1, unsigned(i + 1), true});
            scene.runs.push_back({QString::number(i), name, i, curves, 25});
        }
        scaleX(scene, {0, 4.1}, 5);
        SteadyEnd steady;
        scaleYSteadily(scene, steady);
        picture.plots.push_back(scene);
    }
    return picture;
}

QByteArray read(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Takes no more than some bytes.
class FullDevice : public QIODevice
{
public:
    explicit FullDevice(qint64 room)
        : m_room(room)
    {
        open(WriteOnly);
    }

protected:
    qint64 readData(char*, qint64) override { return -1; }
    qint64 writeData(const char*, qint64 size) override
    {
        m_room -= size;
        return m_room < 0 ? -1 : size;
    }

private:
    qint64 m_room;
};

} // namespace

class TestChartExport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void plotsShareTheRoom_data();
    void plotsShareTheRoom();
    void png();
    void svgIsMadeOfLines();
    void svgKeepsBadNames();
    void legendTakesAsManyLinesAsItNeeds();
    void csv();
    void csvQuotesNames();
    void csvNoticesAFullDisk();
    void replacesAtomically();
};

void TestChartExport::plotsShareTheRoom_data()
{
    QTest::addColumn<QSize>("room");
    QTest::addColumn<int>("plots");
    for (const QSize room : {QSize(700, 400), QSize(1200, 600), QSize(3000, 900), QSize(400, 700)}) {
        for (int plots = 1; plots <= 4; ++plots) {
            QTest::addRow("%d in %dx%d", plots, room.width(), room.height()) << room << plots;
        }
    }
}

void TestChartExport::plotsShareTheRoom()
{
    QFETCH(QSize, room);
    QFETCH(int, plots);
    const QList<QRect> rects = plotRects(room, plots);
    QCOMPARE(rects.size(), plots);
    for (qsizetype i = 0; i < rects.size(); ++i) {
        QVERIFY(QRect(QPoint(), room).contains(rects[i]));
        QVERIFY(rects[i].width() > 80 && rects[i].height() > 80);
        for (qsizetype j = 0; j < i; ++j) {
            QVERIFY(!rects[i].intersects(rects[j]));
        }
        QVERIFY(rects[i].width() * rects[i].height() <= rects[0].width() * rects[0].height());
    }
    QVERIFY(plotRects(room, 0).isEmpty());
}

void TestChartExport::png()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("chart.png"));
    QVERIFY(writeChart(pictureOf(3), path).ok());
    const QImage image(path);
    QCOMPARE(image.width(), 1600);
    QVERIFY(image.height() > 1000);
    QCOMPARE(image.pixelColor(image.width() - 1, 0), QColor(Qt::white));
    int coloured = 0;
    for (int y = 0; y < image.height(); y += 3) {
        for (int x = 0; x < image.width(); x += 3) {
            coloured += image.pixelColor(x, y).saturation() > 100 ? 1 : 0;
        }
    }
    QVERIFY2(coloured > 500, qPrintable(QString::number(coloured)));
}

void TestChartExport::svgIsMadeOfLines()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("chart.SVG"));
    QVERIFY(writeChart(pictureOf(3, QStringLiteral("Baseline")), path).ok());
    const QByteArray svg = read(path);
    QVERIFY(svg.count("<polyline") >= 2 * 3 * 3); // Raw, mean and validation of each run in each plot.
    QVERIFY(!svg.contains("<image"));
    QCOMPARE(svg.count(">Baseline<"), 3);
    QVERIFY(svg.contains("Validation"));
    QSvgRenderer renderer(svg);
    QVERIFY(renderer.isValid());
    QCOMPARE(renderer.viewBox().width(), 800);
}

void TestChartExport::svgKeepsBadNames()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("chart.svg"));
    QVERIFY(writeChart(pictureOf(1, QStringLiteral("<b> & \"quotes\"")), path).ok());
    QVERIFY(QSvgRenderer(path).isValid());
}

void TestChartExport::legendTakesAsManyLinesAsItNeeds()
{
    const int few = chartImage(pictureOf(2)).height();
    const int many = chartImage(pictureOf(60)).height();
    QVERIFY(many > few + 100);
}

void TestChartExport::csv()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("chart.csv"));
    const ChartPicture picture = pictureOf(2);
    QVERIFY(writeChart(picture, path).ok());
    const QList<QByteArray> lines = read(path).split('\n');
    QCOMPARE(lines.size(), 1 + 2 * (4 + 100) + 1);
    const qsizetype columns = lines[0].split(',').size();
    QCOMPARE(lines[0].split(',').value(6), QByteArray("validation_loss"));
    for (const QByteArray& line : lines.mid(0, lines.size() - 1)) {
        QCOMPARE(line.split(',').size(), columns);
    }
    const RunCurves& curves = *picture.plots[0].runs[0].curves;
    const QList<QByteArray> epoch = lines[3].split(',');
    QCOMPARE(epoch.mid(0, 4), QList<QByteArray>({"Run", "epoch", "3", "75"}));
    QVERIFY(std::abs(epoch[6].toDouble() - curves.epochs[2].validationLoss) < 1e-7);
    const QList<QByteArray> batch = lines[5 + 25].split(','); // Step 26, the first of the second epoch.
    QCOMPARE(batch.mid(0, 4), QList<QByteArray>({"Run", "batch", "2", "26"}));
    QCOMPARE(batch[4].toFloat(), curves.batches[25].loss);
    QVERIFY(batch[6].isEmpty());
}

void TestChartExport::csvQuotesNames()
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QVERIFY(buffer.open(QIODevice::WriteOnly));
    ChartPicture picture = pictureOf(1, QStringLiteral("a, \"b\""));
    QVERIFY(writeCurves(buffer, picture.plots[0].runs));
    QVERIFY(bytes.contains("\n\"a, \"\"b\"\"\",epoch,1,25,"));
}

void TestChartExport::csvNoticesAFullDisk()
{
    FullDevice full(2000);
    QVERIFY(!writeCurves(full, pictureOf(1).plots[0].runs));
    FullDevice wide(1'000'000);
    QVERIFY(writeCurves(wide, pictureOf(1).plots[0].runs));
}

void TestChartExport::replacesAtomically()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("chart.csv"));
    QVERIFY(writeChart(pictureOf(1), path).ok());
    const QByteArray before = read(path);
    QVERIFY(QDir(folder.path()).entryList(QDir::Files).size() == 1);
    const auto result = writeChart(pictureOf(1), folder.filePath(QStringLiteral("missing/chart.csv")));
    QVERIFY(!result.ok());
    QCOMPARE(int(result.error().code), int(ErrorCode::Io));
    QVERIFY(result.error().message.find("chart.csv") != std::string::npos);
    QCOMPARE(read(path), before);
}

QTEST_MAIN(TestChartExport)
#include "tst_chartexport.moc"
