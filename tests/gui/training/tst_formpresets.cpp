// Whole sets of options: presets, options files, and what is remembered from one time to the next.
#include "core/learning/networks.h"
#include "tests/gui/training/formfixture.h"
#include "ui/training/datachooser.h"
#include "ui/training/presetbar.h"
#include "ui/training/ratefield.h"

#include <QDropEvent>
#include <QFile>
#include <QMimeData>
#include <QPushButton>
#include <QSettings>
#include <QTest>

using namespace digitpad;

class TestFormPresets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void beginsWithTheDefaults();
    void everyOptionSurvivesTheForm();
    void presetsAreAppliedAndRecognised();
    void aChangeLeavesThePresetAndBackReturns();
    void seedIsNoPartOfAPreset();
    void optionsFilesAreSavedAndLoaded();
    void brokenOptionsFilesSaySo();
    void optionsFilesAreDropped();
    void nonsenseInTheSettingsIsPassedOver_data();
    void nonsenseInTheSettingsIsPassedOver();

private:
    [[nodiscard]] TrainingForm* form() const { return m_fixture->form.get(); }

    std::unique_ptr<FormFixture> m_fixture;
};

void TestFormPresets::initTestCase()
{
    QCoreApplication::setOrganizationName(QStringLiteral("digitpad-test"));
    QCoreApplication::setApplicationName(QStringLiteral("tst_formpresets"));
}

void TestFormPresets::init()
{
    m_fixture = std::make_unique<FormFixture>();
}

void TestFormPresets::cleanup()
{
    m_fixture.reset();
}

void TestFormPresets::beginsWithTheDefaults()
{
    QCOMPARE(form()->options(), TrainingOptions());
}

void TestFormPresets::everyOptionSurvivesTheForm()
{
    RunOptions options;
    options.data.parts = QStringList{QStringLiteral("mnist"), QStringLiteral("synthetic")};
    options.data.syntheticCount = 777;
    options.data.inkRepeats = 3;
    AugmentationOptions augmentation;
    augmentation.rotate = 0.7;
    augmentation.nudge = 2;
    augmentation.noise = 0.3;
    augmentation.plain = 0.3;
    augmentation.mildPictures = 0.25;
    options.data.augmentation = augmentation;
    TrainingOptions& training = options.training;
    training.network = "mlp-dropout";
    training.details = {{100, 50, 25}, "gelu", true, 0.35};
    training.optimizer = "rmsprop";
    training.learningRate = 0.00123;
    training.momentum = 0.85;
    training.nesterov = true;
    training.beta1 = 0.7;
    training.beta2 = 0.9995;
    training.alpha = 0.98;
    training.epsilon = 3e-7;
    training.weightDecay = 4e-4;
    training.schedule = "plateau";
    training.warmUp = 0.03;
    training.stepEpochs = 7;
    training.rateFactor = 0.33;
    training.plateauPatience = 4;
    training.finalLearningRate = 1e-5;
    training.labelSmoothing = 0.08;
    training.gradientClip = 1.5;
    training.weightAverage = 0.9985;
    training.batchSize = 48;
    training.epochs = 33;
    training.plainEpochs = 4;
    training.validationSplit = 0.15;
    training.folds = 6;
    training.patience = 9;
    training.seed = 18'446'744'073'709'551'615U;
    training.normalization = NormalizationChoice::Own;
    training.mean = 0.1307;
    training.standardDeviation = 0.3081;
    training.threads = 2;
    form()->setRunOptions(options);
    QCOMPARE(optionsFileText(form()->runOptions()), optionsFileText(options));
    QCOMPARE(form()->runOptions(), options);
    m_fixture->show(); // Remembered, too.
    QCOMPARE(form()->runOptions(), options);
}

void TestFormPresets::presetsAreAppliedAndRecognised()
{
    QCOMPARE(form()->presetName(), QStringLiteral("baseline"));
    for (const Preset& preset : presets()) {
        auto* combo = m_fixture->child<QComboBox>("preset");
        combo->setFocus();
        QTest::keyClick(combo, Qt::Key_End);
        QTest::keyClick(combo, Qt::Key_Home);
        while (combo->currentData().toString() != preset.name) {
            QTest::keyClick(combo, Qt::Key_Down);
        }
        QCOMPARE(form()->presetName(), preset.name);
        QCOMPARE(form()->options(), preset.training);
        QCOMPARE(form()->dataSource().augmentation, preset.augmentation);
        QCOMPARE(m_fixture->child<QLabel>("presetExplanation")->text(), preset.explanation);
        QVERIFY(!m_fixture->child<QPushButton>("presetBack")->isVisible());
    }
}

void TestFormPresets::aChangeLeavesThePresetAndBackReturns()
{
    m_fixture->type("batchSize", QStringLiteral("32"));
    QVERIFY(form()->presetName().isEmpty());
    QCOMPARE(m_fixture->child<QComboBox>("preset")->currentText(), QStringLiteral("Own options"));
    QVERIFY(m_fixture->child<QPushButton>("presetBack")->text().contains(QStringLiteral("Baseline")));
    m_fixture->press("presetBack");
    QCOMPARE(form()->presetName(), QStringLiteral("baseline"));
    QCOMPARE(form()->options().batchSize, 64);
    // By hand, too.
    m_fixture->type("batchSize", QStringLiteral("32"));
    m_fixture->type("batchSize", QStringLiteral("64"));
    QCOMPARE(form()->presetName(), QStringLiteral("baseline"));
}

void TestFormPresets::seedIsNoPartOfAPreset()
{
    m_fixture->type("seed", QStringLiteral("42"));
    QCOMPARE(form()->presetName(), QStringLiteral("baseline"));
    m_fixture->choose("preset", "improved");
    QCOMPARE(form()->options().seed, std::uint64_t{42});
}

void TestFormPresets::optionsFilesAreSavedAndLoaded()
{
    m_fixture->choose("preset", "tiny");
    m_fixture->type("epochs", QStringLiteral("7"));
    const RunOptions saved = form()->runOptions();
    const QString path = m_fixture->folder.filePath(QStringLiteral("mine.json"));
    auto* bar = form()->findChild<PresetBar*>();
    bar->save(path, saved);
    QTRY_VERIFY(m_fixture->child<QLabel>("optionsNote")->text().contains(QStringLiteral("mine.json")));
    m_fixture->choose("preset", "baseline");
    bar->load(path);
    QTRY_COMPARE(form()->runOptions(), saved);
    QVERIFY(m_fixture->child<QLabel>("optionsNote")->text().contains(QStringLiteral("mine.json")));
}

void TestFormPresets::brokenOptionsFilesSaySo()
{
    const QString path = m_fixture->folder.filePath(QStringLiteral("odd.json"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QByteArray text = optionsFileText(form()->runOptions());
    file.write(text.replace("\"epochs\"", "\"epoch\""));
    file.close();
    const RunOptions before = form()->runOptions();
    auto* bar = form()->findChild<PresetBar*>();
    bar->load(path);
    const auto* error = bar->findChild<ErrorLabel*>();
    QTRY_VERIFY(!error->text().isEmpty());
    QVERIFY2(error->text().contains(QStringLiteral("“epoch”")), qPrintable(error->text()));
    QCOMPARE(form()->runOptions(), before);
    bar->load(m_fixture->folder.filePath(QStringLiteral("nowhere.json")));
    QTRY_VERIFY(error->text().contains(QStringLiteral("nowhere.json")));
}

void TestFormPresets::optionsFilesAreDropped()
{
    RunOptions options = form()->runOptions();
    options.training.epochs = 3;
    const QString path = m_fixture->folder.filePath(QStringLiteral("dropped.json"));
    QVERIFY(writeOptionsFile(path, options).ok());
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(path)});
    QDragEnterEvent enter({10, 10}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(form(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop({10, 10}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(form(), &drop);
    QTRY_COMPARE(form()->options().epochs, 3);

    QMimeData picture;
    picture.setUrls({QUrl::fromLocalFile(m_fixture->folder.filePath(QStringLiteral("a.png")))});
    QDragEnterEvent other({10, 10}, Qt::CopyAction, &picture, Qt::LeftButton, Qt::NoModifier);
    other.setAccepted(false);
    QCoreApplication::sendEvent(form(), &other);
    QVERIFY(!other.isAccepted());
}

void TestFormPresets::nonsenseInTheSettingsIsPassedOver_data()
{
    QTest::addColumn<QVariantMap>("written");
    QTest::newRow("a key for each option, as before")
        << QVariantMap{{QStringLiteral("network"), QStringLiteral("no such network")},
                       {QStringLiteral("optimizer"), 3},
                       {QStringLiteral("schedule"), QStringLiteral("steep")},
                       {QStringLiteral("learningRate"), QStringLiteral("abc")},
                       {QStringLiteral("batchSize"), 0},
                       {QStringLiteral("epochs"), -5},
                       {QStringLiteral("validationPercent"), 200},
                       {QStringLiteral("data"), 7}};
    QTest::newRow("half an options file")
        << QVariantMap{{QStringLiteral("options"), QStringLiteral("{\"format\": \"DigitPad tr")}};
    QTest::newRow("no options file") << QVariantMap{{QStringLiteral("options"), 17}};
}

void TestFormPresets::nonsenseInTheSettingsIsPassedOver()
{
    QFETCH(QVariantMap, written);
    m_fixture->close(); // It remembers what it had.
    QSettings settings;
    settings.clear();
    for (auto option = written.begin(); option != written.end(); ++option) {
        settings.setValue(QStringLiteral("training/") + option.key(), option.value());
    }
    m_fixture->show();
    QCOMPARE(form()->options(), TrainingOptions());
    QCOMPARE(form()->dataChooser()->kind(), DataChooser::Kind::Synthetic); // MNIST is not at hand.
    QVERIFY(form()->check());
}

QTEST_MAIN(TestFormPresets)
#include "tst_formpresets.moc"
