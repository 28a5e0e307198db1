// The collection beside others: another program at the same file, collections that come in and go out.
#include "tests/data/collectionfixture.h"

#include <QThread>

#include <memory>

using namespace digitpad;
using test::drawing;
using test::FullDisk;
using test::Ids;
using test::labelsIn;
using test::lineFor;
using test::Program;

class DigitExchangeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void twoProgramsLoseNothing();
    void anotherProgramsChangeWins();
    void twoProgramsAtOnceLoseNothing();
    void waitsForAnothersLock();
    void importsWhatIsNew();
    void importsAreAllOrNothing();
    void importErrors_data();
    void importErrors();
    void exportsAndImportsTheSame();
    void exportsWhatTheFullDiskDidNotTake();
    void doesNotExportOntoItself();

private:
    [[nodiscard]] QString path(const char* name = "my-digits.jsonl") const
    {
        return m_folder->filePath(QLatin1String(name));
    }
    [[nodiscard]] QByteArray content() const { return test::readFile(path()); }
    void write(const QByteArray& bytes) { QVERIFY(!test::writeFile(path(), bytes).isEmpty()); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void DigitExchangeTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

void DigitExchangeTest::twoProgramsLoseNothing()
{
    Program one(path());
    Program two(path());
    QVERIFY(one.sync());
    QVERIFY(two.sync());
    const quint64 first = one.add(1, 1);
    QVERIFY(one.sync());
    two.add(2, 2);
    QVERIFY(two.sync());
    QCOMPARE(two.news.appeared.size(), 1U); // It heard of the other's by the way.
    one.collection.relabel({first}, 7);
    QVERIFY(one.sync());
    QCOMPARE(one.news.appeared.size(), 1U);
    QCOMPARE(labelsIn(content()), "72");
    QVERIFY(two.sync());
    QCOMPARE(two.news.appeared.size(), 1U); // Relabelled: another line than the one it knew.
    QCOMPARE(two.news.vanished.size(), 1U);
    QVERIFY(two.news.notices.isEmpty());
}

void DigitExchangeTest::anotherProgramsChangeWins()
{
    write(lineFor(1, 1) + lineFor(2, 2));
    Program one(path());
    Program two(path());
    QVERIFY(one.sync());
    const Ids ids = one.appeared();
    QVERIFY(two.sync());
    two.collection.relabel({two.appeared()[0]}, 8);
    QVERIFY(two.sync());
    one.collection.remove(ids);
    QVERIFY(one.sync());
    QCOMPARE(labelsIn(content()), "8");
    QCOMPARE(one.news.notices.size(), 1);
    QCOMPARE(one.news.vanished, Ids{ids[0]});
    QCOMPARE(one.news.appeared.size(), 1U);
    QCOMPARE(one.news.appeared[0].digit, 8);
}

void DigitExchangeTest::twoProgramsAtOnceLoseNothing()
{
    constexpr int each = 40;
    const auto work = [this](int begin) {
        Program program(path());
        for (int i = 0; i < each; ++i) {
            const quint64 id = program.add(begin + i, 1);
            QVERIFY(program.sync());
            if (i % 4 == 0) { // Every now and then the whole file anew.
                program.collection.relabel({id}, 2);
                QVERIFY(program.sync());
            }
        }
    };
    std::unique_ptr<QThread> other(QThread::create(work, 1000));
    other->start();
    work(0);
    QVERIFY(other->wait(60'000));
    const QByteArray labels = labelsIn(content());
    QCOMPARE(labels.size(), 2 * each);
    QCOMPARE(labels.count('2'), 2 * each / 4);
}

void DigitExchangeTest::waitsForAnothersLock()
{
    write(lineFor(1, 1));
    auto held = std::make_unique<LockedFile>(
        std::move(*LockedFile::open(path().toStdString(), LockedFile::Mode::Existing)));
    Program program(path());
    program.add(2, 2);
    std::unique_ptr<QThread> other(QThread::create([&program] { QVERIFY(program.sync()); }));
    other->start();
    QVERIFY(!other->wait(100));
    QCOMPARE(labelsIn(content()), "1");
    held.reset();
    QVERIFY(other->wait(10'000));
    QCOMPARE(labelsIn(content()), "12");
}

void DigitExchangeTest::importsWhatIsNew()
{
    write(lineFor(1, 1) + lineFor(2, 2));
    const QByteArray extra = R"({"label":5,"strokes":[[[0,0],[1,2]]],"note":"kept"})";
    const QByteArray other = lineFor(2, 9) + "broken\n" + extra + '\n' + extra + "\n" +
                             R"({"label":"B","strokes":[[[0,0]]]})" + "\n" + lineFor(3, 3).left(30);
    const QString from = test::writeFile(path("other.jsonl.gz"), test::gzipped(other));
    Program program(path());
    QVERIFY(program.sync());
    const auto counts = program.collection.importFrom(from);
    QVERIFY(counts);
    QCOMPARE(counts->added, 1);
    QCOMPARE(counts->duplicates, 2); // The same drawing keeps the label that it has here.
    QCOMPARE(counts->skipped, 3);
    QCOMPARE(content(), lineFor(1, 1) + lineFor(2, 2) + extra + '\n');
    const auto news = program.collection.takeNews();
    QCOMPARE(news.appeared.size(), 1U);
    QCOMPARE(news.appeared[0].digit, 5);
    QVERIFY(news.appeared[0].image != nullptr);
    QCOMPARE(program.collection.importFrom(from)->added, 0);
}

void DigitExchangeTest::importsAreAllOrNothing()
{
    const QByteArray before = lineFor(1, 1);
    write(before);
    QByteArray other;
    for (int i = 2; i < 60; ++i) {
        other += lineFor(i, i % 10);
    }
    const QString from = test::writeFile(path("other.jsonl"), other);
    Program program(path());
    QVERIFY(program.sync());
    {
        const FullDisk disk(static_cast<rlim_t>(other.size() / 2));
        QVERIFY(!program.collection.importFrom(from));
    }
    QCOMPARE(content(), before);
    QVERIFY(!program.collection.hasUnwrittenChanges());
    QVERIFY(program.collection.takeNews().appeared.empty());
    QCOMPARE(program.collection.importFrom(from)->added, 58);
    QCOMPARE(content(), before + other);
}

void DigitExchangeTest::importErrors_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("not there") << QByteArray();
    QTest::newRow("a picture") << QByteArray("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);
    QTest::newRow("letters only") << QByteArray("{\"label\":\"A\",\"strokes\":[[[1,2]]]}\n");
    QTest::newRow("blank lines") << QByteArray("\n\n");
    QTest::newRow("broken gzip") << test::gzipped(lineFor(1, 1).repeated(9)).chopped(9);
}

void DigitExchangeTest::importErrors()
{
    QFETCH(QByteArray, bytes);
    const QString from = path("wrong.jsonl");
    if (!bytes.isEmpty()) {
        QVERIFY(!test::writeFile(from, bytes).isEmpty());
    }
    write(lineFor(1, 1));
    Program program(path());
    const auto counts = program.collection.importFrom(from);
    QVERIFY(!counts);
    QVERIFY2(counts.error().message.find(from.toStdString()) != std::string::npos,
             counts.error().message.c_str());
    QCOMPARE(content(), lineFor(1, 1));
}

void DigitExchangeTest::exportsAndImportsTheSame()
{
    const QByteArray all = lineFor(1, 1) + "no digit\n" + lineFor(2, 2) + lineFor(3, 3);
    write(all);
    Program program(path());
    QVERIFY(program.sync());
    const Ids ids = program.appeared();
    QCOMPARE(*program.collection.exportTo(path("all.jsonl"), {}), 3);
    QCOMPARE(test::readFile(path("all.jsonl")), lineFor(1, 1) + lineFor(2, 2) + lineFor(3, 3));
    QCOMPARE(*program.collection.exportTo(path("two.jsonl"), {ids[0], ids[2]}), 2);
    QCOMPARE(test::readFile(path("two.jsonl")), lineFor(1, 1) + lineFor(3, 3));

    Program other(path("other.jsonl"));
    QCOMPARE(other.collection.importFrom(path("all.jsonl"))->added, 3);
    QCOMPARE(test::readFile(path("other.jsonl")), test::readFile(path("all.jsonl")));
}

void DigitExchangeTest::exportsWhatTheFullDiskDidNotTake()
{
    write(lineFor(1, 1));
    Program program(path());
    QVERIFY(program.sync());
    program.add(2, 2);
    {
        const FullDisk disk(static_cast<rlim_t>(lineFor(1, 1).size()));
        QVERIFY(!program.sync());
    }
    QCOMPARE(*program.collection.exportTo(path("rescued.jsonl"), {}), 2);
    QCOMPARE(labelsIn(test::readFile(path("rescued.jsonl"))), "12");
    QVERIFY(program.collection.hasUnwrittenChanges());
}

void DigitExchangeTest::doesNotExportOntoItself()
{
    const QByteArray before = lineFor(1, 1) + "no digit\n";
    write(before);
    QVERIFY(QFile::link(path(), path("link.jsonl")));
    Program program(path());
    QVERIFY(!program.collection.exportTo(path(), {}));
    QVERIFY(!program.collection.exportTo(path("link.jsonl"), {}));
    QCOMPARE(content(), before);
}

QTEST_GUILESS_MAIN(DigitExchangeTest)
#include "tst_digitexchange.moc"
