#include "core/data/datasource.h"
#include "core/data/idxpartner.h"
#include "tests/testfiles.h"

#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace digitpad;
using namespace digitpad::test;

class IdxPartnerTest : public QObject
{
    Q_OBJECT

private:
    QString images(const QString& name, quint32 count)
    {
        return writeFile(m_folder->filePath(name),
                         idx({count, 28, 28}, QByteArray(qsizetype(count) * 784, '\5')));
    }
    QString labels(const QString& name, quint32 count)
    {
        return writeFile(m_folder->filePath(name), idx({count}, QByteArray(qsizetype(count), '\3')));
    }

    std::unique_ptr<QTemporaryDir> m_folder;

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void findsByName();
    void findsByShapeFromEitherSide();
    void refusesWhereNothingFits();
    void refusesWhereSeveralFit();
    void countsMustAgree();
    void otherFilesAreNone();
};

void IdxPartnerTest::findsByName()
{
    const QString pictures = images(QStringLiteral("a-images-idx3-ubyte"), 3);
    const QString names = labels(QStringLiteral("a-labels.idx1-ubyte"), 3);
    labels(QStringLiteral("b-labels-idx1-ubyte"), 3);
    for (const QString& path : {pictures, names}) {
        const auto pair = findIdxPair(path);
        QVERIFY2(pair.ok(), pair ? "" : pair.error().message.c_str());
        QCOMPARE(pair->images, pictures);
        QCOMPARE(pair->labels, names);
    }
}

void IdxPartnerTest::findsByShapeFromEitherSide()
{
    const QString pictures = images(QStringLiteral("digits.dat"), 4);
    const QString names =
        writeFile(m_folder->filePath(QStringLiteral("truth")), gzipped(idx({4}, "\1\2\3\4")));
    labels(QStringLiteral("of another set"), 5);
    writeFile(m_folder->filePath(QStringLiteral("readme.txt")), "hello");
    for (const QString& path : {pictures, names}) {
        DataSource source;
        source.parts = QStringList{path};
        const auto data = loadData(source, [] { return true; });
        QVERIFY2(data.ok(), data ? "" : data.error().message.c_str());
        QCOMPARE(data->training.labels, (std::vector<std::uint8_t>{1, 2, 3, 4}));
    }
}

void IdxPartnerTest::refusesWhereNothingFits()
{
    const auto pair = findIdxPair(images(QStringLiteral("lonely"), 4));
    labels(QStringLiteral("truth"), 5);
    QVERIFY(!pair.ok());
    QCOMPARE(pair.error().code, ErrorCode::NotFound);
    QVERIFY(pair.error().message.find("as many labels") != std::string::npos);
    const auto named = findIdxPair(labels(QStringLiteral("z-labels-idx1-ubyte"), 9));
    QVERIFY(!named.ok());
    QVERIFY(named.error().message.find("z-images-idx3-ubyte") != std::string::npos);
}

void IdxPartnerTest::refusesWhereSeveralFit()
{
    labels(QStringLiteral("one"), 4);
    labels(QStringLiteral("two"), 4);
    const auto pair = findIdxPair(images(QStringLiteral("pictures"), 4));
    QVERIFY(!pair.ok());
    const QString message = QString::fromStdString(pair.error().message);
    QVERIFY(message.contains(QStringLiteral("one")) && message.contains(QStringLiteral("two")));
}

void IdxPartnerTest::countsMustAgree()
{
    const QString pictures = images(QStringLiteral("a-images-idx3-ubyte"), 3);
    labels(QStringLiteral("a-labels-idx1-ubyte"), 2);
    DataSource source;
    source.parts = QStringList{pictures};
    const auto data = loadData(source, [] { return true; });
    QVERIFY(!data.ok());
    const QString message = QString::fromStdString(data.error().message);
    QVERIFY2(message.contains(QStringLiteral("3 images")) && message.contains(QStringLiteral("2 labels")),
             qPrintable(message));
}

void IdxPartnerTest::otherFilesAreNone()
{
    QVERIFY(isIdxFile(images(QStringLiteral("i"), 1)));
    QVERIFY(isIdxFile(labels(QStringLiteral("l"), 1)));
    QVERIFY(!isIdxFile(writeFile(m_folder->filePath(QStringLiteral("t")), "hello, world")));
    QVERIFY(
        !isIdxFile(writeFile(m_folder->filePath(QStringLiteral("f")), QByteArray("\0\0\x0d\3\0\0\0\1", 8))));
    QVERIFY(!isIdxFile(m_folder->path()));
    QVERIFY(!isIdxFile(m_folder->filePath(QStringLiteral("nowhere"))));
}

QTEST_APPLESS_MAIN(IdxPartnerTest)
#include "tst_idxpartner.moc"
