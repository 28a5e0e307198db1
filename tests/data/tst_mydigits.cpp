// The collection as the window has it: at once, in order, and with what goes wrong said.
#include "core/data/mydigits.h"
#include "core/image/normalizer.h"
#include "tests/data/collectionfixture.h"
#include "tests/support/threadtime.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QStandardPaths>

#include <limits>
#include <memory>

using namespace digitpad;
using test::drawing;
using test::FullDisk;
using test::lineFor;
using State = MyDigits::State;

class MyDigitsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void readsNothingBeforeItsStart();
    void addsAtOnceAndWritesInOrder();
    void addsWhileTheFileIsBeingRead();
    void takesNoInkWithoutPoints();
    void picturesFollow();
    void changesAndUndoesThem();
    void passesOverWhatIsNotThere();
    void writesEverythingBeforeItGoes();
    void aFullDiskIsSaidAndTriedAgain();
    void aCutLastLineIsSaid();
    void aFileThatCannotBeReadIsSaid();
    void anotherProgramsDigitsAppear();
    void importsAndExports();
    void errorsOfImportAndExportAreSaid();
    void tenThousandDoNotHoldUpTheWindow();

private:
    [[nodiscard]] QString path(const char* name = "my-digits.jsonl") const
    {
        return m_folder->filePath(QLatin1String(name));
    }
    [[nodiscard]] QByteArray content() const { return test::readFile(path()); }
    void write(const QByteArray& bytes) { QVERIFY(!test::writeFile(path(), bytes).isEmpty()); }
    static QString labels(const MyDigits& digits)
    {
        QString text;
        for (const MyDigit& digit : digits.digits()) {
            text += QString::number(digit.digit);
        }
        return text;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void MyDigitsTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

void MyDigitsTest::readsNothingBeforeItsStart()
{
    QVERIFY(MyDigits::defaultPath().startsWith(
        QStandardPaths::writableLocation(QStandardPaths::AppDataLocation)));
    write(lineFor(1, 1) + lineFor(2, 2) + "?\n");
    MyDigits digits(path());
    QSignalSpy states(&digits, &MyDigits::stateChanged);
    QTest::qWait(20);
    QCOMPARE(digits.state(), State::Loading);
    QVERIFY(digits.digits().empty());
    digits.start();
    QTRY_COMPARE(digits.state(), State::Ready);
    QCOMPARE(states.count(), 1);
    QCOMPARE(labels(digits), QStringLiteral("12"));
    QCOMPARE(digits.otherLines(), 1);
    QCOMPARE(digits.counts()[2], 1);
    QVERIFY(!digits.hasUnsavedChanges());
}

void MyDigitsTest::addsAtOnceAndWritesInOrder()
{
    MyDigits digits(path());
    digits.start();
    QSignalSpy changed(&digits, &MyDigits::changed);
    const quint64 first = digits.add(drawing(1), 7);
    const quint64 second = digits.add(drawing(2), 3);
    QVERIFY(first > 0 && second > first);
    QCOMPARE(labels(digits), QStringLiteral("73"));
    QCOMPARE(changed.count(), 2);
    QVERIFY(digits.hasUnsavedChanges());
    digits.relabel({first}, 1);
    digits.remove({second});
    QCOMPARE(labels(digits), QStringLiteral("1"));
    QTRY_VERIFY(!digits.hasUnsavedChanges());
    QCOMPARE(fromJsonLine(content())->digit(), 1);
    const QString added = QString::fromStdString(fromJsonLine(content())->added);
    QVERIFY(qAbs(QDateTime::fromString(added, Qt::ISODate).secsTo(QDateTime::currentDateTimeUtc())) < 60);
}

void MyDigitsTest::addsWhileTheFileIsBeingRead()
{
    write(lineFor(1, 1) + lineFor(2, 2));
    MyDigits digits(path());
    digits.start();
    const quint64 id = digits.add(drawing(3), 3);
    QCOMPARE(digits.state(), State::Loading);
    QTRY_COMPARE(digits.digits().size(), 3U);
    QTRY_VERIFY(!digits.hasUnsavedChanges());
    QCOMPARE(digits.find(id)->digit, 3);
    QCOMPARE(content().count('\n'), 3);
}

void MyDigitsTest::takesNoInkWithoutPoints()
{
    constexpr float nan = std::numeric_limits<float>::quiet_NaN();
    MyDigits digits(path());
    Ink nothing;
    QCOMPARE(digits.add(nothing, 1), quint64{0});
    nothing.add({{}, 60});
    nothing.add({{{nan, 1}, {1, 1e9F}}, 60});
    QCOMPARE(digits.add(nothing, 1), quint64{0});
    nothing.add({{{nan, 1}, {5, 6}}, 60});
    QVERIFY(digits.add(nothing, 1) > 0); // A dot is ink.
    QTRY_VERIFY(!digits.hasUnsavedChanges());
    QVERIFY(fromJsonLine(content()));
}

void MyDigitsTest::picturesFollow()
{
    MyDigits digits(path());
    const quint64 id = digits.add(drawing(1), 7);
    QVERIFY(!digits.find(id)->image);
    QTRY_VERIFY(digits.find(id)->image);
    QCOMPARE(*digits.find(id)->image, normalizeInk(drawing(1)));
}

void MyDigitsTest::changesAndUndoesThem()
{
    write(lineFor(1, 1) + lineFor(2, 2) + lineFor(3, 3));
    MyDigits digits(path());
    digits.start();
    QTRY_COMPARE(digits.digits().size(), 3U);
    const quint64 first = digits.digits()[0].id;
    const quint64 second = digits.digits()[1].id;
    const auto relabelled = digits.relabel({first, second}, 2);
    QCOMPARE(relabelled.size(), 1U); // The second was a 2 already.
    const auto removed = digits.remove({first, second});
    QCOMPARE(labels(digits), QStringLiteral("3"));
    QTRY_VERIFY(!digits.hasUnsavedChanges());
    digits.restore(removed);
    QCOMPARE(labels(digits), QStringLiteral("223"));
    digits.restore(relabelled);
    QCOMPARE(labels(digits), QStringLiteral("123"));
    QCOMPARE(digits.digits()[0].id, first); // At its place.
    QTRY_VERIFY(!digits.hasUnsavedChanges());
    MyDigits again(path());
    again.start();
    QTRY_COMPARE(again.digits().size(), 3U);
    QCOMPARE(again.counts(), digits.counts());
}

void MyDigitsTest::passesOverWhatIsNotThere()
{
    MyDigits digits(path());
    QSignalSpy changed(&digits, &MyDigits::changed);
    QVERIFY(digits.remove({1, 2, 3}).empty());
    QVERIFY(digits.relabel({1}, 5).empty());
    QVERIFY(digits.find(1) == nullptr);
    QCOMPARE(changed.count(), 0);
    QVERIFY(!digits.hasUnsavedChanges());
}

void MyDigitsTest::writesEverythingBeforeItGoes()
{
    {
        MyDigits digits(path());
        digits.start();
        for (int i = 0; i < 30; ++i) {
            digits.add(drawing(i), i % 10);
        }
    }
    QCOMPARE(content().count('\n'), 30);
}

void MyDigitsTest::aFullDiskIsSaidAndTriedAgain()
{
    write(lineFor(1, 1));
    MyDigits digits(path());
    digits.start();
    QTRY_COMPARE(digits.state(), State::Ready);
    QSignalSpy failed(&digits, &MyDigits::failed);
    QSignalSpy saved(&digits, &MyDigits::saved);
    {
        const FullDisk disk(static_cast<rlim_t>(content().size() + 10));
        digits.add(drawing(2), 2);
        QTRY_COMPARE(failed.count(), 1);
        digits.add(drawing(3), 3);
        QTRY_COMPARE(failed.count(), 2);
    }
    QVERIFY(failed.first().first().toString().contains(path()));
    QCOMPARE(digits.saveProblem(), failed.first().first().toString());
    QVERIFY(digits.hasUnsavedChanges());
    QCOMPARE(content(), lineFor(1, 1));
    QCOMPARE(labels(digits), QStringLiteral("123"));
    QCOMPARE(saved.count(), 0);
    digits.retry();
    QTRY_COMPARE(saved.count(), 1);
    QVERIFY(digits.saveProblem().isEmpty());
    QVERIFY(!digits.hasUnsavedChanges());
    QCOMPARE(content().count('\n'), 3);
}

void MyDigitsTest::aCutLastLineIsSaid()
{
    write(lineFor(1, 1) + lineFor(2, 2).left(40));
    MyDigits digits(path());
    QSignalSpy noticed(&digits, &MyDigits::noticed);
    digits.start();
    QTRY_COMPARE(noticed.count(), 1);
    QCOMPARE(labels(digits), QStringLiteral("1"));
    QVERIFY(noticed.first().first().toString().contains(path()));
}

void MyDigitsTest::aFileThatCannotBeReadIsSaid()
{
    QVERIFY(QDir().mkpath(path()));
    MyDigits digits(path());
    QSignalSpy failed(&digits, &MyDigits::failed);
    digits.start();
    QTRY_COMPARE(failed.count(), 1);
    QCOMPARE(digits.state(), State::Failed);
    QCOMPARE(digits.message(), failed.first().first().toString());
    QVERIFY(digits.saveProblem().isEmpty()); // There is nothing to save yet.
    digits.add(drawing(1), 1);
    QTRY_COMPARE(failed.count(), 2);
    QVERIFY(!digits.saveProblem().isEmpty());
    QVERIFY(QDir().rmdir(path()));
    digits.retry();
    QTRY_COMPARE(digits.state(), State::Ready);
    QCOMPARE(labels(digits), QStringLiteral("1"));
    QVERIFY(digits.message().isEmpty());
}

void MyDigitsTest::anotherProgramsDigitsAppear()
{
    write(lineFor(1, 1));
    MyDigits one(path());
    MyDigits two(path());
    one.start();
    two.start();
    QTRY_COMPARE(one.digits().size(), 1U);
    QTRY_COMPARE(two.digits().size(), 1U);
    one.add(drawing(2), 2);
    QTRY_VERIFY(!one.hasUnsavedChanges());
    QSignalSpy changed(&two, &MyDigits::changed);
    two.refresh();
    QTRY_COMPARE(labels(two), QStringLiteral("12"));
    QCOMPARE(changed.count(), 1);
    two.remove({two.digits()[0].id});
    QTRY_VERIFY(!two.hasUnsavedChanges());
    one.refresh();
    QTRY_COMPARE(labels(one), QStringLiteral("2"));
}

void MyDigitsTest::importsAndExports()
{
    write(lineFor(1, 1));
    QVERIFY(!test::writeFile(path("other.jsonl"), lineFor(1, 9) + lineFor(2, 2) + "?\n").isEmpty());
    MyDigits digits(path());
    QSignalSpy imported(&digits, &MyDigits::imported);
    digits.importFrom(path("other.jsonl"));
    QTRY_COMPARE(imported.count(), 1);
    QCOMPARE(imported.first(), (QVariantList{path("other.jsonl"), 1, 1, 1}));
    QCOMPARE(labels(digits), QStringLiteral("12")); // Before imported() says so.
    QSignalSpy exported(&digits, &MyDigits::exported);
    digits.exportTo(path("all.jsonl"));
    digits.exportTo(path("one.jsonl"), {digits.digits()[1].id});
    QTRY_COMPARE(exported.count(), 2);
    QCOMPARE(exported.first(), (QVariantList{path("all.jsonl"), 2}));
    QCOMPARE(test::readFile(path("one.jsonl")), lineFor(2, 2));
}

void MyDigitsTest::errorsOfImportAndExportAreSaid()
{
    write(lineFor(1, 1));
    MyDigits digits(path());
    QSignalSpy failed(&digits, &MyDigits::failed);
    digits.importFrom(path("missing.jsonl"));
    digits.exportTo(path("no/such/folder.jsonl"));
    QTRY_COMPARE(failed.count(), 2);
    QVERIFY(failed[0].first().toString().contains(path("missing.jsonl")));
    QVERIFY(failed[1].first().toString().contains(path("no/such/folder.jsonl")));
    QVERIFY(digits.saveProblem().isEmpty());
}

void MyDigitsTest::tenThousandDoNotHoldUpTheWindow()
{
    QByteArray all;
    for (int i = 0; i < 10'000; ++i) {
        all += lineFor(i, i % 10);
    }
    write(all);
    MyDigits digits(path());
    digits.start();
    double longest = 0;
    QElapsedTimer sum;
    sum.start();
    while (digits.state() == State::Loading && sum.elapsed() < 60'000) {
        const double begin = test::threadMilliseconds();
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        longest = std::max(longest, test::threadMilliseconds() - begin);
    }
    QCOMPARE(digits.digits().size(), 10'000U);
    const qint64 load = sum.restart();
    const double beforeAdd = test::threadMilliseconds();
    const quint64 id = digits.add(drawing(1), 1);
    const double add = test::threadMilliseconds() - beforeAdd;
    QVERIFY(id > 0);
    QTRY_VERIFY(!digits.hasUnsavedChanges());
    qInfo() << "milliseconds: load" << load << "longest turn of the event loop" << longest << "add" << add
            << "until it is on the disk" << sum.elapsed();
    QVERIFY2(longest < 8 && add < 8, "a frame is 16 ms");
}

QTEST_GUILESS_MAIN(MyDigitsTest)
#include "tst_mydigits.moc"
