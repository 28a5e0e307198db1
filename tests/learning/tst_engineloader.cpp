#include "core/learning/engineloader.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

using namespace digitpad;

class EngineLoaderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // In this order: once loaded, the engine stays.
    void saysWhatToDoWithoutTheModule_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("missing") << QByteArray();
        QTest::newRow("no library") << QByteArray("not a library");
    }
    void saysWhatToDoWithoutTheModule()
    {
        QFETCH(QByteArray, content);
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("module.so"));
        if (!content.isEmpty()) {
            QFile file(path);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(content);
        }
        const QByteArray real = qgetenv("DIGITPAD_ENGINE");
        qputenv("DIGITPAD_ENGINE", path.toUtf8());
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("module.so")));
        const auto engine = loadEngine();
        qputenv("DIGITPAD_ENGINE", real);
        QVERIFY(!engine.ok());
        QCOMPARE(engine.error().code, ErrorCode::Unavailable);
        QVERIFY(QString::fromStdString(engine.error().message).contains(QStringLiteral("app/run")));
        QVERIFY(!engine.error().details.empty());
    }

    void loadsOnce()
    {
        const auto first = loadEngine();
        QVERIFY2(first.ok(), first ? "" : first.error().details.c_str());
        QVERIFY(*first == *loadEngine());
        QVERIFY(!(*first)->info().libtorchVersion.empty());
    }

    void librariesDoNotSpin()
    {
        QVERIFY(loadEngine().ok());
        QCOMPARE(qgetenv("OMP_WAIT_POLICY"), QByteArray("passive"));
        QCOMPARE(qgetenv("OMP_NUM_THREADS"), QByteArray("1"));
        QCOMPARE(qgetenv("OPENBLAS_NUM_THREADS"), QByteArray("1"));
    }

    void aPersonsChoiceOfPlacesComesFirst()
    {
        QCOMPARE(engineCandidates(), QStringList{qEnvironmentVariable("DIGITPAD_ENGINE")});
        qputenv("DIGITPAD_MODEL", "mine.pt");
        QCOMPARE(bundledModelPath(), QStringLiteral("mine.pt"));
        qunsetenv("DIGITPAD_MODEL");
    }
};

QTEST_GUILESS_MAIN(EngineLoaderTest)
#include "tst_engineloader.moc"
