#include "core/learning/engineloader.h"
#include "core/learning/handmodel.h"
#include "tests/support/strangehand.h"

#include <QFile>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

using namespace digitpad;
using namespace digitpad::test;

namespace {

/// A program's life from start to end.
struct Session
{
    explicit Session(const QString& folder)
        : hand(&recognizer, folder)
        , failed(&hand, &HandModel::failed)
        , modelFailed(&recognizer, &Recognizer::modelFailed)
    {
        hand.restore();
        recognizer.start();
    }
    bool waitForModel(const QString& name)
    {
        return QTest::qWaitFor([&] { return recognizer.modelName() == name; }, 20'000);
    }

    Recognizer recognizer;
    HandModel hand;
    QSignalSpy failed;
    QSignalSpy modelFailed;
};

QString bundledName()
{
    return Recognizer::tr("Bundled model");
}

} // namespace

class HandModelTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<const Model> m_first;
    std::shared_ptr<const Model> m_second;

    [[nodiscard]] QString file(const char* name) const { return m_folder->filePath(QLatin1String(name)); }
    [[nodiscard]] static bool rememberedInUse()
    {
        return QSettings().value(QStringLiteral("hand/inUse")).toBool();
    }
    void useFirst()
    {
        Session session(m_folder->path());
        QVERIFY(session.waitForModel(bundledName()));
        session.hand.use(m_first);
        QVERIFY(session.waitForModel(HandModel::displayName()));
    }

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("DIGITPAD_MODEL", DIGITPAD_BIN_DIR "/models/digitpad.pt"); // As beside the program.
        QVERIFY2(!bundledModelPath().isEmpty(), "the bundled model");
        const auto engine = loadEngine();
        QVERIFY(engine.ok());
        m_first = ordinaryModel(**engine);
        m_second = ordinaryModel(**engine);
        QVERIFY(m_first && m_second);
    }
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QSettings().clear();
    }

    void isSavedAndUndone()
    {
        Session session(m_folder->path());
        QVERIFY(session.waitForModel(bundledName()));
        const auto bundled = session.recognizer.model();
        QVERIFY(!session.hand.inUse());
        QCOMPARE(session.hand.learningStart().model, bundled);
        session.hand.use(m_first);
        QVERIFY(session.waitForModel(HandModel::displayName()));
        QVERIFY(session.hand.inUse());
        QVERIFY(rememberedInUse());
        // It is always learned from the same.
        QCOMPARE(session.hand.learningStart().model, bundled);
        QCOMPARE(session.hand.learningStart().name, bundledName());
        QTRY_VERIFY(QFile::exists(file("my-hand.pt")) && QFile::exists(file("my-hand-base.pt")));
        session.hand.goBack();
        QVERIFY(session.waitForModel(bundledName()));
        QCOMPARE(session.recognizer.model(), bundled);
        QVERIFY(!session.hand.inUse());
        QVERIFY(!rememberedInUse());
        QVERIFY(session.failed.isEmpty());
    }

    void outlivesARestart()
    {
        useFirst();
        Session session(m_folder->path());
        QVERIFY(session.waitForModel(HandModel::displayName()));
        QVERIFY(session.hand.inUse());
        QVERIFY(session.recognizer.model()->info().network == "mlp");
        const auto start = session.hand.learningStart();
        QVERIFY(!start.model);
        QCOMPARE(start.path, file("my-hand-base.pt"));
        QCOMPARE(start.name, bundledName());
        session.hand.goBack();
        QVERIFY(session.waitForModel(bundledName()));
        QVERIFY(!session.hand.inUse());
        QVERIFY(session.recognizer.model()->info().network != "mlp");
    }

    void staysAwayAfterGoingBack()
    {
        useFirst();
        {
            Session session(m_folder->path());
            QVERIFY(session.waitForModel(HandModel::displayName()));
            session.hand.goBack();
            QVERIFY(session.waitForModel(bundledName()));
        }
        Session session(m_folder->path());
        QVERIFY(session.waitForModel(bundledName()));
        QVERIFY(!session.hand.inUse());
    }

    void otherModelsEndItsUse()
    {
        Session session(m_folder->path());
        QVERIFY(session.waitForModel(bundledName()));
        session.hand.use(m_first);
        QVERIFY(session.waitForModel(HandModel::displayName()));
        session.recognizer.useModel(m_second, QStringLiteral("another"));
        QVERIFY(session.waitForModel(QStringLiteral("another")));
        QVERIFY(!session.hand.inUse());
        QVERIFY(!rememberedInUse());
    }

    void goesBackToAnEarlierOneOfTheSameHand()
    {
        {
            Session session(m_folder->path());
            QVERIFY(session.waitForModel(bundledName()));
            session.hand.use(m_first);
            QVERIFY(session.waitForModel(HandModel::displayName()));
            session.hand.use(m_second);
            QTRY_COMPARE(session.recognizer.model(), m_second);
            session.hand.goBack();
            QTRY_COMPARE(session.recognizer.model(), m_first);
            QVERIFY(session.hand.inUse());
            session.hand.goBack();
            QVERIFY(session.waitForModel(bundledName()));
        }
        QVERIFY(QFile::exists(file("my-hand.pt")));
    }

    void missingFileIsSaidOnce()
    {
        useFirst();
        QVERIFY(QFile::remove(file("my-hand.pt")));
        {
            Session session(m_folder->path());
            QCOMPARE(session.failed.size(), 1);
            QVERIFY(session.failed.first().first().toString().contains(QStringLiteral("my-hand.pt")));
            QVERIFY(session.waitForModel(bundledName()));
        }
        Session session(m_folder->path());
        QVERIFY(session.waitForModel(bundledName()));
        QVERIFY(session.failed.isEmpty());
    }

    void damagedFileIsSaidOnce()
    {
        useFirst();
        QFile damaged(file("my-hand.pt"));
        QVERIFY(damaged.resize(damaged.size() / 2));
        {
            Session session(m_folder->path());
            QTRY_COMPARE(session.modelFailed.size(), 1);
            QVERIFY(session.modelFailed.first().first().toString().contains(QStringLiteral("my-hand.pt")));
            QCOMPARE(session.recognizer.modelName(), bundledName());
            QVERIFY(!session.hand.inUse());
        }
        Session session(m_folder->path());
        QVERIFY(session.waitForModel(bundledName()));
        QVERIFY(session.modelFailed.isEmpty());
    }

    void missingBaseIsSaid()
    {
        useFirst();
        QVERIFY(QFile::remove(file("my-hand-base.pt")));
        Session session(m_folder->path());
        QVERIFY(session.waitForModel(HandModel::displayName()));
        session.hand.goBack();
        QCOMPARE(session.failed.size(), 1);
        QVERIFY(session.failed.first().first().toString().contains(QStringLiteral("my-hand-base.pt")));
        QVERIFY(session.hand.inUse());
    }

    void savingInVainIsSaid()
    {
        // A file is where the folder should be.
        QFile file(m_folder->filePath(QStringLiteral("taken")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        Session session(file.fileName());
        QVERIFY(session.waitForModel(bundledName()));
        session.hand.use(m_first);
        QTRY_COMPARE(session.failed.size(), 1);
        QVERIFY(session.failed.first().first().toString().contains(QStringLiteral("taken")));
        QTRY_VERIFY(session.hand.inUse()); // It reads the pad all the same.
    }
};

QTEST_GUILESS_MAIN(HandModelTest)
#include "tst_handmodel.moc"
