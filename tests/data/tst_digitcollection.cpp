#include "core/data/digitcollection.h"
#include "core/image/normalizer.h"
#include "tests/data/collectionfixture.h"
#include "tests/support/threadtime.h"

#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>

#include <memory>
#include <sys/stat.h>
#include <unistd.h>

using namespace digitpad;
using test::drawing;
using test::FullDisk;
using test::Ids;
using test::labelsIn;
using test::lineFor;
using test::Program;

class DigitCollectionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void noFileIsAnEmptyCollection();
    void addsByAppending();
    void keepsWhatWasDrawn();
    void relabelsRemovesAndRestores();
    void changesBeforeTheFirstWriteAreWrittenOnce();
    void otherKeysAndLinesSurvive();
    void aCutLastLineIsPutAside_data();
    void aCutLastLineIsPutAside();
    void aWholeLastLineWithoutItsEndIsKept();
    void aSecondPowerCutAddsToWhatWasPutAside();
    void aCutFileThatMayNotBeWrittenIsReadAllTheSame();
    void aFullDiskLeavesTheFileAsItWas_data();
    void aFullDiskLeavesTheFileAsItWas();
    void unreadableFiles_data();
    void unreadableFiles();
    void tenThousandLoadFast();

private:
    [[nodiscard]] QString path(const char* name = "my-digits.jsonl") const
    {
        return m_folder->filePath(QLatin1String(name));
    }
    [[nodiscard]] QByteArray content() const { return test::readFile(path()); }
    void write(const QByteArray& bytes) { QVERIFY(!test::writeFile(path(), bytes).isEmpty()); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void DigitCollectionTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

void DigitCollectionTest::noFileIsAnEmptyCollection()
{
    Program program(path("no/folder/my-digits.jsonl"));
    QVERIFY(program.sync());
    QVERIFY(program.collection.loaded());
    QVERIFY(program.news.appeared.empty());
    QVERIFY(!QFile::exists(path("no"))); // Looking makes nothing.
    program.add(1, 7);
    QVERIFY(program.sync());
    QCOMPARE(labelsIn(test::readFile(path("no/folder/my-digits.jsonl"))), "7");
}

void DigitCollectionTest::addsByAppending()
{
    write(lineFor(1, 1));
    const auto before = FileStamp::of(path().toStdString());
    Program program(path());
    QVERIFY(program.sync());
    program.add(2, 7);
    QVERIFY(program.sync());
    QCOMPARE(content(), lineFor(1, 1) + lineFor(2, 7));
    QCOMPARE(FileStamp::of(path().toStdString()).inode, before.inode); // The same file, grown.
    QVERIFY(!program.collection.hasUnwrittenChanges());
}

void DigitCollectionTest::keepsWhatWasDrawn()
{
    Ink ink;
    ink.add({{{1.5F, 2.25F, 0, 0.5F}, {100.125F, 3, 16, 0.75F}}, 42.5F});
    ink.add({{{7, 8, 30, 1}}, 60});
    const QDateTime now = QDateTime::fromString(QStringLiteral("2026-01-31T12:00:05Z"), Qt::ISODate);
    Program first(path());
    first.collection.add({1, ink, 4, now, nullptr});
    QVERIFY(first.sync());
    QCOMPARE(first.news.images.size(), 1U);
    QCOMPARE(*first.news.images.front().second, normalizeInk(ink));

    Program second(path());
    QVERIFY(second.sync());
    QCOMPARE(second.news.appeared.size(), 1U);
    const MyDigit& read = second.news.appeared.front();
    QCOMPARE(read.digit, 4);
    QCOMPARE(read.added, now);
    QCOMPARE(read.ink.strokes.size(), 2U);
    QCOMPARE(*read.ink.strokes[0], *ink.strokes[0]);
    QCOMPARE(*read.ink.strokes[1], *ink.strokes[1]);
    QCOMPARE(*read.image, normalizeInk(ink));
}

void DigitCollectionTest::relabelsRemovesAndRestores()
{
    write(lineFor(1, 1) + lineFor(2, 2) + lineFor(3, 3));
    Program program(path());
    QVERIFY(program.sync());
    const Ids ids = program.appeared();
    QCOMPARE(ids.size(), 3U);
    program.collection.relabel({ids[0], ids[2]}, 9);
    QVERIFY(program.sync());
    QCOMPARE(labelsIn(content()), "929");
    program.collection.remove({ids[0], ids[1]});
    QVERIFY(program.sync());
    QCOMPARE(labelsIn(content()), "9");
    program.collection.restore({{ids[0], 1}, {ids[1], 2}, {ids[2], 3}});
    QVERIFY(program.sync());
    QCOMPARE(labelsIn(content()), "123");   // Where they were.
    QVERIFY(program.news.appeared.empty()); // Its own changes are no news.
    QVERIFY(program.news.vanished.empty());
}

void DigitCollectionTest::changesBeforeTheFirstWriteAreWrittenOnce()
{
    write(lineFor(1, 1));
    Program program(path());
    const quint64 kept = program.add(2, 2);
    const quint64 dropped = program.add(3, 3);
    program.collection.relabel({kept}, 5);
    program.collection.remove({dropped});
    program.collection.relabel({dropped}, 6); // It is gone.
    const quint64 back = program.add(4, 4);
    program.collection.remove({back});
    program.collection.restore({{back, 8}});
    QVERIFY(program.sync());
    QCOMPARE(labelsIn(content()), "158");
}

void DigitCollectionTest::otherKeysAndLinesSurvive()
{
    const QByteArray mine =
        R"({"label":"3","strokes":[[[1,2],[30,40]]],"mood":{"of":"day","level":12.5},"writer":"é"})";
    const QByteArray letter = R"({"label":"A","strokes":[[[1,2],[3,4]]]})";
    const QByteArray others = "no json at all\n\n" + letter + "\n[1,2]\n";
    write(mine + "\r\n" + others + lineFor(2, 2));
    Program program(path());
    QVERIFY(program.sync());
    QCOMPARE(program.news.appeared.size(), 2U);
    QCOMPARE(program.collection.otherLines(), 3); // The blank line is none.
    program.collection.relabel({program.appeared()[0]}, 5);
    program.collection.remove({program.appeared()[1]});
    QVERIFY(program.sync());
    const QList<QByteArray> lines = content().split('\n');
    QCOMPARE(content().sliced(lines[0].size() + 1), others);
    QJsonObject expected = QJsonDocument::fromJson(mine).object();
    expected.insert(QStringLiteral("label"), QStringLiteral("5"));
    QCOMPARE(QJsonDocument::fromJson(lines[0]).object(), expected);
}

void DigitCollectionTest::aCutLastLineIsPutAside_data()
{
    QTest::addColumn<QByteArray>("tail");
    const QByteArray line = lineFor(9, 9);
    QTest::newRow("one byte") << line.left(1);
    QTest::newRow("inside the label") << line.left(10);
    QTest::newRow("in the middle") << line.left(line.size() / 2);
    QTest::newRow("one bracket missing") << line.chopped(2);
    QTest::newRow("zeros, as some file systems leave them") << QByteArray(700, '\0');
    QTest::newRow("inside of a letter of several bytes") << QByteArray("{\"label\":\"9\",\"writer\":\"\xC3");
}

void DigitCollectionTest::aCutLastLineIsPutAside()
{
    QFETCH(QByteArray, tail);
    write(lineFor(1, 1) + lineFor(2, 2) + tail);
    Program program(path());
    QVERIFY(program.sync());
    QCOMPARE(program.news.appeared.size(), 2U);
    QCOMPARE(program.collection.otherLines(), 0);
    QCOMPARE(program.news.notices.size(), 1);
    QVERIFY2(program.news.notices[0].contains(path()), qPrintable(program.news.notices[0]));
    QCOMPARE(content(), lineFor(1, 1) + lineFor(2, 2));
    QCOMPARE(test::readFile(path("my-digits.jsonl.cut-off")), tail + '\n');
    program.add(3, 3);
    QVERIFY(program.sync());
    QCOMPARE(labelsIn(content()), "123");
    QVERIFY(program.news.notices.isEmpty());
}

void DigitCollectionTest::aWholeLastLineWithoutItsEndIsKept()
{
    write(lineFor(1, 1) + lineFor(2, 2).chopped(1));
    Program program(path());
    QVERIFY(program.sync());
    QCOMPARE(program.news.appeared.size(), 2U);
    program.add(3, 3);
    QVERIFY(program.sync());
    QCOMPARE(content(), lineFor(1, 1) + lineFor(2, 2) + lineFor(3, 3));
    QVERIFY(!QFile::exists(path("my-digits.jsonl.cut-off")));
}

void DigitCollectionTest::aSecondPowerCutAddsToWhatWasPutAside()
{
    for (const char* tail : {"{\"label", "{\"strokes\":[[[1"}) {
        write(lineFor(1, 1) + tail);
        Program program(path());
        QVERIFY(program.sync());
    }
    QCOMPARE(test::readFile(path("my-digits.jsonl.cut-off")), "{\"label\n{\"strokes\":[[[1\n");
}

void DigitCollectionTest::aCutFileThatMayNotBeWrittenIsReadAllTheSame()
{
    if (geteuid() == 0) {
        // Root may write everything; a folder where the piece would go stands in for it.
        QVERIFY(QDir().mkpath(path("my-digits.jsonl.cut-off")));
    }
    const QByteArray before = lineFor(1, 1) + "{\"label";
    write(before);
    QFile::setPermissions(path(), QFileDevice::ReadOwner);
    Program program(path());
    QVERIFY(program.sync());
    QCOMPARE(program.news.appeared.size(), 1U);
    QCOMPARE(program.news.notices.size(), 1);
    program.add(2, 2);
    QVERIFY(!program.sync());
    QVERIFY(program.collection.hasUnwrittenChanges());
    QCOMPARE(content(), before); // Nothing was put behind the broken piece.
}

void DigitCollectionTest::aFullDiskLeavesTheFileAsItWas_data()
{
    QTest::addColumn<bool>("rewrite");
    QTest::addColumn<int>("room");
    QTest::newRow("append, not a byte left") << false << 0;
    QTest::newRow("append, one byte left") << false << 1;
    QTest::newRow("append, half a line left") << false << 80;
    QTest::newRow("relabel") << true << -20;
}

void DigitCollectionTest::aFullDiskLeavesTheFileAsItWas()
{
    QFETCH(bool, rewrite);
    QFETCH(int, room);
    const QByteArray before = lineFor(1, 1) + lineFor(2, 2);
    write(before);
    Program program(path());
    QVERIFY(program.sync());
    const Ids ids = program.appeared();
    {
        const FullDisk disk(static_cast<rlim_t>(before.size() + room));
        if (rewrite) {
            program.collection.relabel({ids[0]}, 9);
        } else {
            program.add(3, 3);
        }
        for (int attempt = 0; attempt < 2; ++attempt) {
            const auto result = program.sync();
            QVERIFY(!result);
            const QString message = QString::fromStdString(result.error().message);
            QVERIFY2(message.contains(path()) && message.contains(u"full"), qPrintable(message));
            QCOMPARE(content(), before);
            QVERIFY(program.collection.hasUnwrittenChanges());
        }
    }
    QVERIFY(program.sync()); // There is room again.
    QCOMPARE(labelsIn(content()), rewrite ? "92" : "123");
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files).size(), 1); // No temporary file is left.
}

void DigitCollectionTest::unreadableFiles_data()
{
    QTest::addColumn<QString>("kind");
    QTest::newRow("a folder in its place") << "folder";
    QTest::newRow("a pipe in its place") << "pipe";
    QTest::newRow("a file in its folder's place") << "parent";
}

void DigitCollectionTest::unreadableFiles()
{
    QFETCH(QString, kind);
    QString where = path();
    if (kind == u"folder") {
        QVERIFY(QDir().mkpath(where));
    } else if (kind == u"pipe") {
        QCOMPARE(mkfifo(where.toLocal8Bit().constData(), 0600), 0);
    } else {
        write("x");
        where += QStringLiteral("/digits.jsonl");
    }
    Program program(where);
    program.add(1, 1);
    const auto result = program.sync();
    QVERIFY(!result);
    QVERIFY2(result.error().message.find(where.toStdString()) != std::string::npos,
             result.error().message.c_str());
    QVERIFY(program.collection.hasUnwrittenChanges());
}

void DigitCollectionTest::tenThousandLoadFast()
{
    QByteArray all;
    for (int i = 0; i < 10'000; ++i) {
        Ink ink;
        for (int stroke = 0; stroke < 2; ++stroke) {
            Stroke points{{}, 60};
            for (int k = 0; k < 30; ++k) {
                points.points.push_back(
                    {100.5F + float(i % 500) + float(k) * 7.25F, 300 + float(k * k % 97), float(16 * k), 1});
            }
            ink.add(std::move(points));
        }
        all += toJsonLine({ink, std::to_string(i % 10), {}, {}, {}}) + '\n';
    }
    write(all);
    Program program(path());
    QElapsedTimer timer;
    timer.start();
    const double begin = test::threadMilliseconds();
    QVERIFY(program.sync());
    const double processor = test::threadMilliseconds() - begin;
    const qint64 load = timer.restart();
    QCOMPARE(program.news.appeared.size(), 10'000U);
    const Ids ids = program.appeared();
    program.add(1, 1);
    QVERIFY(program.sync());
    const qint64 append = timer.restart();
    program.collection.relabel({ids[5000]}, 3);
    QVERIFY(program.sync());
    const qint64 rewrite = timer.elapsed();
    qInfo() << all.size() << "bytes; milliseconds: load" << load << "of which on the processor" << processor
            << "append" << append << "relabel one" << rewrite;
    QVERIFY2(processor < 10'000, "a second on a slow machine");
    QVERIFY2(append < load, "an append must not read the file");
}

QTEST_GUILESS_MAIN(DigitCollectionTest)
#include "tst_digitcollection.moc"
