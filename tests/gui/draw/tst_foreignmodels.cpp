#include "tests/gui/draw/fakemodel.h"
#include "tests/support/darkpalette.h"
#include "ui/draw/foreignmodeldialog.h"
#include "ui/draw/foreignmodels.h"

#include <QApplication>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFile>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace digitpad;

Q_DECLARE_METATYPE(std::shared_ptr<const digitpad::Model>)
Q_DECLARE_METATYPE(digitpad::Error)

namespace {

/// Takes every file for what the test says, and remembers what it was told.
class FakeEngine final : public Engine
{
public:
    ModelFileInfo file;
    bool fails = false;
    mutable std::atomic<int> loads = 0;
    mutable PixelStatistics told;

    EngineInfo info() const override { return {}; }
    Result<std::shared_ptr<const Model>> loadModel(const std::string&) const override { return no(); }
    Result<ModelFileInfo> inspectModel(const std::string&) const override { return file; }
    Result<std::shared_ptr<const Model>> loadForeignModel(const std::string&,
                                                          const PixelStatistics& statistics) const override
    {
        told = statistics;
        ++loads;
        if (fails) {
            return no();
        }
        return std::shared_ptr<const Model>(std::make_shared<test::FakeModel>());
    }
    Result<TrainingResult> train(const TrainingJob&, TrainingObserver&) const override { return no(); }
    Result<RateRangeTest> testRates(const ValidatedOptions&, const TrainingData&, double, double, int,
                                    TrainingObserver&) const override
    {
        return no();
    }
    Result<TrainingResult> fineTune(const Model&, const ValidatedOptions&, const TrainingData&,
                                    TrainingObserver&) const override
    {
        return no();
    }

private:
    static Error no() { return {ErrorCode::InvalidInput, "The network cannot be used."}; }
};

} // namespace

class ForeignModelsTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    FakeEngine m_engine;
    std::unique_ptr<QWidget> m_window;
    ForeignModels* m_models = nullptr;

    QString fileWith(const QByteArray& content) const
    {
        QFile file(m_folder.filePath(QStringLiteral("net.pt")));
        return file.open(QIODevice::WriteOnly) && file.write(content) >= 0 ? file.fileName() : QString();
    }
    ForeignModelDialog* dialog() const { return m_window->findChild<ForeignModelDialog*>(); }

private Q_SLOTS:
    void initTestCase()
    {
        qRegisterMetaType<std::shared_ptr<const Model>>();
        qRegisterMetaType<Error>();
    }
    void init()
    {
        QSettings().clear();
        m_engine.file = {ModelFileKind::TorchScript, std::nullopt};
        m_engine.fails = false;
        m_engine.loads = 0;
        m_window = std::make_unique<QWidget>();
        m_window->show();
        m_models = new ForeignModels(m_window.get());
    }
    void cleanup() { m_window.reset(); }

    void ownFilesAreNotAskedAbout()
    {
        m_engine.file.kind = ModelFileKind::DigitPad;
        const QSignalSpy own(m_models, &ForeignModels::ownModel);
        m_models->open(&m_engine, fileWith("own"));
        QTRY_COMPARE(own.size(), 1);
        QVERIFY(dialog() == nullptr);
        QCOMPARE(m_engine.loads.load(), 0);
    }

    void aScriptRunsAfterAYesOnly()
    {
        const QSignalSpy loaded(m_models, &ForeignModels::loaded);
        m_models->open(&m_engine, fileWith("script"));
        QTRY_VERIFY(dialog() != nullptr && dialog()->isVisible());
        QTest::keyClick(dialog(), Qt::Key_Return); // Cancel is what Enter means.
        QTRY_VERIFY(dialog() == nullptr);
        QCOMPARE(m_engine.loads.load(), 0);

        m_models->open(&m_engine, fileWith("script"));
        QTRY_VERIFY(dialog() != nullptr && dialog()->isVisible());
        auto* choice = dialog()->findChild<QComboBox*>(QStringLiteral("normalization"));
        choice->setFocus();
        QTest::keyClick(choice, Qt::Key_Down);
        QCOMPARE(dialog()->findChild<QDoubleSpinBox*>(QStringLiteral("mean"))->value(), 0.5);
        QTest::mouseClick(dialog()->findChild<QPushButton*>(QStringLiteral("accept")), Qt::LeftButton);
        QTRY_COMPARE(loaded.size(), 1);
        QCOMPARE(loaded.front()[1].toString(), QStringLiteral("net.pt"));
        QCOMPARE(m_engine.told.standardDeviation, 0.5);
    }

    void theAnswerIsRememberedForTheSameContent()
    {
        const QSignalSpy loaded(m_models, &ForeignModels::loaded);
        m_models->open(&m_engine, fileWith("script"));
        QTRY_VERIFY(dialog() != nullptr && dialog()->isVisible());
        QTest::mouseClick(dialog()->findChild<QPushButton*>(QStringLiteral("accept")), Qt::LeftButton);
        QTRY_COMPARE(loaded.size(), 1);
        QTRY_VERIFY(dialog() == nullptr);
        m_models->open(&m_engine, fileWith("script"));
        QTRY_COMPARE(loaded.size(), 2);
        QVERIFY(dialog() == nullptr);
        QCOMPARE(m_engine.told.mean, 0.1307);
        m_models->open(&m_engine, fileWith("another script"));
        QTRY_VERIFY(dialog() != nullptr);
    }

    void numbersOfOnesOwn()
    {
        m_engine.file = {ModelFileKind::StateDict, std::nullopt};
        const QSignalSpy loaded(m_models, &ForeignModels::loaded);
        m_models->open(&m_engine, fileWith("dict"));
        QTRY_VERIFY(dialog() != nullptr && dialog()->isVisible());
        auto* choice = dialog()->findChild<QComboBox*>(QStringLiteral("normalization"));
        auto* mean = dialog()->findChild<QDoubleSpinBox*>(QStringLiteral("mean"));
        QVERIFY(!mean->isEnabled());
        QTest::keyClick(choice, Qt::Key_End);
        QVERIFY(mean->isEnabled());
        mean->setFocus();
        mean->selectAll();
        QTest::keyClicks(mean, QLocale().toString(0.25));
        QTest::mouseClick(dialog()->findChild<QPushButton*>(QStringLiteral("accept")), Qt::LeftButton);
        QTRY_COMPARE(loaded.size(), 1);
        QCOMPARE(m_engine.told.mean, 0.25);
    }

    void whatTheFileSaysComesFirst()
    {
        m_engine.file.normalization = PixelStatistics{0.1, 0.2};
        m_engine.fails = true;
        const QSignalSpy failed(m_models, &ForeignModels::failed);
        m_models->open(&m_engine, fileWith("says it"));
        QTRY_VERIFY(dialog() != nullptr && dialog()->isVisible());
        QCOMPARE(dialog()->normalization().mean, 0.1);
        QTest::mouseClick(dialog()->findChild<QPushButton*>(QStringLiteral("accept")), Qt::LeftButton);
        QTRY_COMPARE(failed.size(), 1);
        QCOMPARE(m_engine.told.standardDeviation, 0.2);
    }

    void looksGood()
    {
        const QPalette usual = QApplication::palette();
        for (const bool dark : {false, true}) {
            QApplication::setPalette(dark ? test::darkPalette() : usual);
            ForeignModelDialog made(QStringLiteral("resnet-digits.pt"), m_engine.file, nullptr);
            made.show();
            QVERIFY(QTest::qWaitForWindowExposed(&made));
            const QImage picture = made.grab().toImage();
            QVERIFY(!picture.isNull());
            if (const QString folder = qEnvironmentVariable("DIGITPAD_SCREENSHOTS"); !folder.isEmpty()) {
                picture.save(folder + (dark ? QStringLiteral("/foreign-dark.png")
                                            : QStringLiteral("/foreign-light.png")));
            }
        }
        QApplication::setPalette(usual);
    }
};

QTEST_MAIN(ForeignModelsTest)
#include "tst_foreignmodels.moc"
