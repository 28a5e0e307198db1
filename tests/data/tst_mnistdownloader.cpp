#include "core/data/mnist.h"
#include "tests/data/fileserver.h"
#include "tests/support/fulldisk.h"
#include "tests/testfiles.h"

#include <QCryptographicHash>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

using namespace digitpad;
using namespace digitpad::test;
using namespace std::chrono_literals;

namespace {

const QString good = QStringLiteral("good");
const QString bad = QStringLiteral("bad");

QByteArray content(qsizetype size, int seed)
{
    QByteArray bytes(size, '\0');
    for (qsizetype i = 0; i < size; ++i) {
        bytes[i] = static_cast<char>(i * (seed + 3) / 5);
    }
    return bytes;
}

MnistFile entry(const QString& name, const QByteArray& bytes)
{
    return {name, bytes.size(), QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex(), 0};
}

} // namespace

class TestMnistDownloader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void downloadsEveryFile();
    void keepsFilesThatAreRight();
    void asksTheNextMirror_data();
    void asksTheNextMirror();
    void staysWithTheMirrorThatWorks();
    void saysWhatToDoWithoutANetwork_data();
    void saysWhatToDoWithoutANetwork();
    void cancelLeavesNothing_data();
    void cancelLeavesNothing();
    void canStartAgain();
    void endsOnceWhenDestroyedMidway();
    void refusesAFolderThatCannotBeWritten();
    void keepsTheOldFileOnAFullDisk();
    void usesHttpsOnly();

private:
    /// Serves the two files of the table as they should be.
    void serve(const QString& folder);
    [[nodiscard]] QString target(int file) const { return m_folder->filePath(m_files[file].name); }
    [[nodiscard]] QStringList entries() const
    {
        return QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden, QDir::Name);
    }
    /// Waits for the end of a run, and for a second one that must not come.
    static QList<QVariant> finish(MnistDownloader& downloader);
    [[nodiscard]] std::unique_ptr<MnistDownloader> downloader(const QList<QUrl>& mirrors) const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FileServer> m_server;
    QList<QByteArray> m_contents;
    QList<MnistFile> m_files;
};

void TestMnistDownloader::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_server = std::make_unique<FileServer>();
    m_contents = {content(1'500'000, 1), content(400, 2)};
    m_files = {entry(QStringLiteral("first.gz"), m_contents[0]),
               entry(QStringLiteral("second.gz"), m_contents[1])};
}

void TestMnistDownloader::serve(const QString& folder)
{
    for (int i = 0; i < m_files.size(); ++i) {
        m_server->set(u'/' + folder + u'/' + m_files[i].name, {m_contents[i]});
    }
}

std::unique_ptr<MnistDownloader> TestMnistDownloader::downloader(const QList<QUrl>& mirrors) const
{
    auto made = std::make_unique<MnistDownloader>(m_folder->path(), mirrors);
    made->setFiles(m_files);
    made->setTransferTimeout(2s);
    return made;
}

QList<QVariant> TestMnistDownloader::finish(MnistDownloader& downloader)
{
    QSignalSpy finished(&downloader, &MnistDownloader::finished);
    downloader.start();
    if (!finished.wait(20'000)) {
        return {};
    }
    return finished.first();
}

void TestMnistDownloader::downloadsEveryFile()
{
    serve(good);
    const auto download = downloader({m_server->folder(good)});
    QSignalSpy progress(download.get(), &MnistDownloader::progress);
    const auto end = finish(*download);
    QCOMPARE(end.value(0).toBool(), true);
    QCOMPARE(end.value(1).toString(), m_folder->path());
    QCOMPARE(end.value(2).toString(), QString());
    QCOMPARE(readFile(target(0)), m_contents[0]);
    QCOMPARE(readFile(target(1)), m_contents[1]);
    QCOMPARE(entries(), QStringList({m_files[0].name, m_files[1].name}));

    qint64 before = 0;
    for (const auto& step : progress) {
        QVERIFY(step[0].toLongLong() >= before);
        before = step[0].toLongLong();
        QCOMPARE(step[1].toLongLong(), 1'500'400);
    }
    QCOMPARE(before, 1'500'400);
}

void TestMnistDownloader::keepsFilesThatAreRight()
{
    serve(good);
    QVERIFY(!writeFile(target(0), m_contents[0]).isEmpty());
    QVERIFY(!writeFile(target(1), QByteArray(400, 'x')).isEmpty());
    const auto download = downloader({m_server->folder(good)});
    QCOMPARE(finish(*download).value(0).toBool(), true);
    QCOMPARE(m_server->requests(), QStringList(QStringLiteral("/good/second.gz")));
    QCOMPARE(readFile(target(1)), m_contents[1]);
}

void TestMnistDownloader::asksTheNextMirror_data()
{
    const QByteArray first = content(1'500'000, 1);
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<qsizetype>("announced");
    QTest::addColumn<bool>("hold");
    QTest::newRow("404") << first << 404 << QByteArray() << qsizetype{-1} << false;
    QTest::newRow("403") << QByteArray("forbidden") << 403 << QByteArray() << qsizetype{-1} << false;
    QTest::newRow("500") << QByteArray() << 500 << QByteArray() << qsizetype{-1} << false;
    QTest::newRow("206") << first << 206 << QByteArray() << qsizetype{-1} << false;
    QTest::newRow("cut off") << first.first(700'000) << 200 << QByteArray() << first.size() << false;
    QTest::newRow("too short") << first.first(700'000) << 200 << QByteArray() << qsizetype{-1} << false;
    QTest::newRow("too long") << first + "more" << 200 << QByteArray() << qsizetype{-1} << false;
    QTest::newRow("endless") << first + first << 200 << QByteArray() << qsizetype{1'000'000'000'000} << true;
    QTest::newRow("wrong checksum") << content(1'500'000, 9) << 200 << QByteArray() << qsizetype{-1} << false;
    QTest::newRow("silent midway") << first.first(700'000) << 200 << QByteArray() << first.size() << true;
    QTest::newRow("redirected in a circle")
        << QByteArray() << 302 << QByteArray("Location: /bad/first.gz\r\n") << qsizetype{-1} << false;
    QTest::newRow("a page instead") << QByteArray("<html>Sign in to this network</html>") << 200
                                    << QByteArray() << qsizetype{-1} << false;
}

void TestMnistDownloader::asksTheNextMirror()
{
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    QFETCH(QByteArray, headers);
    QFETCH(qsizetype, announced);
    QFETCH(bool, hold);
    serve(good);
    m_server->set(QStringLiteral("/bad/first.gz"), {body, status, headers, announced, hold});
    const auto download = downloader({m_server->folder(bad), m_server->folder(good)});
    // Only silence may take as long as the timeout.
    download->setTransferTimeout(hold && body.size() < m_contents[0].size() ? 500ms : 60s);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("Mirror failed: .*/bad/first.gz")));
    const auto end = finish(*download);
    QVERIFY2(end.value(0).toBool(), qPrintable(end.value(2).toString()));
    QCOMPARE(readFile(target(0)), m_contents[0]);
    QCOMPARE(entries(), QStringList({m_files[0].name, m_files[1].name}));
}

void TestMnistDownloader::staysWithTheMirrorThatWorks()
{
    serve(good);
    const auto download = downloader({m_server->folder(bad), m_server->folder(good)});
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("Mirror failed: .*/bad/first.gz")));
    QCOMPARE(finish(*download).value(0).toBool(), true);
    QCOMPARE(m_server->requests(),
             QStringList({QStringLiteral("/bad/first.gz"), QStringLiteral("/good/first.gz"),
                          QStringLiteral("/good/second.gz")}));
}

void TestMnistDownloader::saysWhatToDoWithoutANetwork_data()
{
    QTest::addColumn<QString>("mirror");
    QTest::newRow("no such host") << QStringLiteral("http://host.invalid/mnist/");
    QTest::newRow("nobody listens") << QStringLiteral("http://127.0.0.1:1/mnist/");
}

void TestMnistDownloader::saysWhatToDoWithoutANetwork()
{
    QFETCH(QString, mirror);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("Mirror failed")));
    const auto download = downloader({QUrl(mirror)});
    const auto end = finish(*download);
    QCOMPARE(end.value(0).toBool(), false);
    const QString message = end.value(2).toString();
    for (const QString& part : {QStringLiteral("check the network connection"), m_folder->path(),
                                QStringLiteral("built-in synthetic digits"), QStringLiteral("first.gz")}) {
        QVERIFY2(message.contains(part), qPrintable(message));
    }
    QCOMPARE(entries(), QStringList());
}

void TestMnistDownloader::cancelLeavesNothing_data()
{
    QTest::addColumn<bool>("midway");
    QTest::newRow("at once") << false;
    QTest::newRow("midway") << true;
}

void TestMnistDownloader::cancelLeavesNothing()
{
    QFETCH(bool, midway);
    m_server->set(QStringLiteral("/good/first.gz"), {m_contents[0].first(700'000), 200, {}, 1'500'000, true});
    const auto download = downloader({m_server->folder(good)});
    download->setTransferTimeout(60s);
    QSignalSpy progress(download.get(), &MnistDownloader::progress);
    QSignalSpy finished(download.get(), &MnistDownloader::finished);
    download->start();
    if (midway) {
        QTRY_VERIFY(!progress.isEmpty() && progress.last()[0].toLongLong() > 0);
    }
    download->cancel();
    download->cancel();
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(finished[0][0].toBool(), false);
    QVERIFY(finished[0][2].toString().contains(QStringLiteral("cancelled")));
    QCOMPARE(entries(), QStringList());
    QCoreApplication::processEvents();
    QCOMPARE(finished.size(), 1);
}

void TestMnistDownloader::canStartAgain()
{
    const auto download = downloader({m_server->folder(good)});
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("Mirror failed")));
    QCOMPARE(finish(*download).value(0).toBool(), false);
    serve(good);
    QCOMPARE(finish(*download).value(0).toBool(), true);
    QCOMPARE(readFile(target(0)), m_contents[0]);
}

void TestMnistDownloader::endsOnceWhenDestroyedMidway()
{
    m_server->set(QStringLiteral("/good/first.gz"), {m_contents[0].first(10), 200, {}, 1'500'000, true});
    auto download = downloader({m_server->folder(good)});
    download->setTransferTimeout(60s);
    QSignalSpy finished(download.get(), &MnistDownloader::finished);
    download->start();
    QTRY_COMPARE(m_server->requests().size(), 1);
    download.reset();
    QCOMPARE(finished.size(), 0);
    QCOMPARE(entries(), QStringList());
}

void TestMnistDownloader::refusesAFolderThatCannotBeWritten()
{
    serve(good);
    const QString blocked = m_folder->filePath(QStringLiteral("file/mnist"));
    QVERIFY(!writeFile(m_folder->filePath(QStringLiteral("file")), "x").isEmpty());
    MnistDownloader download(blocked, {m_server->folder(good)});
    const auto end = finish(download);
    QCOMPARE(end.value(0).toBool(), false);
    QVERIFY2(end.value(2).toString().contains(blocked), qPrintable(end.value(2).toString()));
    QCOMPARE(m_server->requests(), QStringList());
}

void TestMnistDownloader::keepsTheOldFileOnAFullDisk()
{
    serve(good);
    QVERIFY(!writeFile(target(0), "the old file").isEmpty());
    const FullDisk full(500'000);
    const auto download = downloader({m_server->folder(good), m_server->folder(good)});
    const auto end = finish(*download);
    QCOMPARE(end.value(0).toBool(), false);
    const QString message = end.value(2).toString();
    QVERIFY2(message.contains(target(0)) && message.contains(QStringLiteral("free some space")),
             qPrintable(message));
    QCOMPARE(readFile(target(0)), QByteArray("the old file"));
    QCOMPARE(entries(), QStringList(m_files[0].name));
    QCOMPARE(m_server->requests().size(), 1);
}

void TestMnistDownloader::usesHttpsOnly()
{
    for (const QUrl& mirror : MnistDownloader::publicMirrors()) {
        QCOMPARE(mirror.scheme(), QStringLiteral("https"));
        QVERIFY(mirror.path().endsWith(u'/'));
    }
}

QTEST_GUILESS_MAIN(TestMnistDownloader)
#include "tst_mnistdownloader.moc"
