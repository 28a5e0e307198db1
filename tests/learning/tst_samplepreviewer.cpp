#include "core/learning/samplepreviewer.h"

#include <QFile>
#include <QPointer>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <cmath>

#ifdef Q_OS_UNIX
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

using namespace digitpad;

class TestSamplePreviewer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void standInsComeFirst();
    void theSameSeedDrawsTheSame();
    void strokesOfAFileAreDrawn();
    void missingDataSayWhyAndMayComeLater();
    void newestWins();
    void endsInTheMiddle();
    void goesWithoutWaitingForAFile();
};

namespace {

DataSource synthetic(std::size_t count)
{
    DataSource source;
    source.parts = QStringList{QStringLiteral("synthetic")};
    source.syntheticCount = count;
    return source;
}

SamplePreview last(const QSignalSpy& spy)
{
    return spy.last().first().value<SamplePreview>();
}

void writeDrawings(const QString& path)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    for (int i = 0; i < 5; ++i) {
        file.write("{\"label\": \"1\", \"strokes\": [[[0, 0], [10, 100]]]}\n");
    }
}

} // namespace

void TestSamplePreviewer::standInsComeFirst()
{
    SamplePreviewer previewer;
    QSignalSpy drawn(&previewer, &SamplePreviewer::drawn);
    previewer.draw(synthetic(300), 8, 1);
    QTRY_COMPARE(drawn.size(), 2);
    const auto first = drawn.first().first().value<SamplePreview>();
    QVERIFY(first.standIns && first.problem.isEmpty() && !first.statistics);
    QCOMPARE(first.plain.size(), std::size_t{8});
    const SamplePreview second = last(drawn);
    QVERIFY(!second.standIns && second.estimated);
    QVERIFY(std::abs(second.statistics->mean - 0.13) < 0.03);
    QVERIFY(second.plain != first.plain);
    QVERIFY(second.varied == second.plain);
    // The source is read once.
    previewer.draw(synthetic(300), 8, 2);
    QTRY_COMPARE(drawn.size(), 3);
    QVERIFY(!last(drawn).standIns);
}

void TestSamplePreviewer::theSameSeedDrawsTheSame()
{
    SamplePreviewer previewer;
    QSignalSpy drawn(&previewer, &SamplePreviewer::drawn);
    DataSource source = synthetic(300);
    source.augmentation = AugmentationOptions::usual();
    previewer.draw(source, 8, 5);
    QTRY_COMPARE(drawn.size(), 2);
    const SamplePreview once = last(drawn);
    QVERIFY(once.varied != once.plain);
    previewer.draw(source, 8, 6);
    QTRY_COMPARE(drawn.size(), 3);
    QVERIFY(last(drawn).plain != once.plain);
    previewer.draw(source, 8, 5);
    QTRY_COMPARE(drawn.size(), 4);
    QVERIFY(last(drawn).plain == once.plain && last(drawn).varied == once.varied);
}

void TestSamplePreviewer::strokesOfAFileAreDrawn()
{
    const QTemporaryDir folder;
    DataSource source;
    source.parts = QStringList{folder.filePath(QStringLiteral("mine.jsonl"))};
    writeDrawings(source.parts.first());
    source.augmentation = augmentationFromText("jitter=3").value(); // Strokes alone have it.
    SamplePreviewer previewer;
    QSignalSpy drawn(&previewer, &SamplePreviewer::drawn);
    previewer.draw(source, 8, 1);
    QTRY_COMPARE(drawn.size(), 2);
    QVERIFY(!last(drawn).standIns && !last(drawn).estimated);
    QCOMPARE(last(drawn).plain.size(), std::size_t{5}); // There are no more.
    QVERIFY(last(drawn).varied != last(drawn).plain);
}

void TestSamplePreviewer::missingDataSayWhyAndMayComeLater()
{
    const QTemporaryDir folder;
    DataSource source;
    source.parts = QStringList{folder.filePath(QStringLiteral("mine.jsonl"))};
    SamplePreviewer previewer;
    QSignalSpy drawn(&previewer, &SamplePreviewer::drawn);
    previewer.draw(source, 8, 1);
    QTRY_COMPARE(drawn.size(), 2);
    QVERIFY(last(drawn).standIns && last(drawn).problem.contains(QStringLiteral("mine.jsonl")));
    writeDrawings(source.parts.first());
    previewer.draw(source, 8, 1);
    QTRY_VERIFY(!last(drawn).standIns);
    QVERIFY(last(drawn).problem.isEmpty());
}

void TestSamplePreviewer::newestWins()
{
    SamplePreviewer previewer;
    QSignalSpy drawn(&previewer, &SamplePreviewer::drawn);
    for (std::size_t count = 200; count < 240; ++count) {
        previewer.draw(synthetic(count), count - 232, count);
    }
    QTRY_VERIFY(!drawn.isEmpty() && !last(drawn).standIns);
    QCOMPARE(last(drawn).plain.size(), std::size_t{7});
    for (const auto& one : drawn) {
        QCOMPARE(one.first().value<SamplePreview>().plain.size(), std::size_t{7});
    }
}

void TestSamplePreviewer::endsInTheMiddle()
{
    SamplePreviewer previewer;
    previewer.draw(synthetic(1'000'000), 8, 1);
}

/// A file that does not come to its end, as on a slow network: the previewer goes meanwhile. If it waited,
/// this test would hang.
void TestSamplePreviewer::goesWithoutWaitingForAFile()
{
#ifdef Q_OS_UNIX
    const auto worker = [] {
        return QCoreApplication::instance()->findChild<QThread*>(QStringLiteral("preview"));
    };
    QTRY_VERIFY(worker() == nullptr); // Those of the tests before.
    const QTemporaryDir folder;
    DataSource source;
    source.parts = QStringList{folder.filePath(QStringLiteral("slow.jsonl"))};
    const QByteArray path = QFile::encodeName(source.parts.first());
    QCOMPARE(mkfifo(path.constData(), S_IRUSR | S_IWUSR), 0);
    QPointer<QThread> reader;
    int writer = -1;
    {
        SamplePreviewer previewer;
        QSignalSpy drawn(&previewer, &SamplePreviewer::drawn);
        previewer.draw(source, 8, 1);
        QTRY_COMPARE(drawn.size(), 1); // Stand-ins.
        // Opens when the reader has the other end open, which waits for ink from now on.
        const auto opened = [&] {
            writer = writer >= 0 ? writer : open(path.constData(), O_WRONLY | O_NONBLOCK);
            return writer >= 0;
        };
        QTRY_VERIFY(opened());
        reader = worker();
        QVERIFY(reader != nullptr && reader->isRunning());
    }
    QVERIFY(reader != nullptr && reader->isRunning());
    QCOMPARE(close(writer), 0);     // The end of the file.
    QTRY_VERIFY(reader == nullptr); // It has ended, and nothing of it is left.
#else
    QSKIP("There are no named pipes here.");
#endif
}

QTEST_GUILESS_MAIN(TestSamplePreviewer)
#include "tst_samplepreviewer.moc"
