// The training form by mouse and keys: presets, options files, sections, and what follows from a choice.
#include "core/learning/networks.h"
#include "tests/gui/training/fakeengine.h"
#include "tests/gui/training/nowheremnist.h"
#include "ui/training/datachooser.h"
#include "ui/training/disclosure.h"
#include "ui/training/formfield.h"
#include "ui/training/networktable.h"
#include "ui/training/presetbar.h"
#include "ui/training/ratefield.h"
#include "ui/training/samplestrip.h"
#include "ui/training/schedulecurve.h"
#include "ui/training/seedfield.h"
#include "ui/training/trainingform.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QDropEvent>
#include <QElapsedTimer>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>
#include <QToolButton>

#include <algorithm>

using namespace digitpad;

class TestFormSections : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void everyOptionSurvivesTheForm();
    void presetsAreAppliedAndRecognised();
    void aChangeLeavesThePresetAndBackReturns();
    void seedIsNoPartOfAPreset();
    void optionsFilesAreSavedAndLoaded();
    void brokenOptionsFilesSaySo();
    void optionsFilesAreDropped();
    void widthsMakeTheTable();
    void impossibleWidthsAreRefusedAtTheField_data();
    void impossibleWidthsAreRefusedAtTheField();
    void detailsAreRememberedForEachNetwork();
    void parametersShowForTheirOptimizerAlone();
    void nesterovWithoutMomentumIsRefusedAtTheBox();
    void scheduleIsDrawnBeforeTheRun();
    void variationsAreSwitchedOneByOne();
    void previewFollowsTheStrengths();
    void statisticsOfTheDataAreShown();
    void foldsTakeThePlaceOfTheSplit();
    void diceDrawsASeed();
    void gpuIsOfferedWhereThereIsOne();
    void rangeTestIsAskedForAndTaken();
    void rangeTestThatFailsSaysWhy();
    void sectionsCloseAndStayClosed();
    void aProblemUnderMoreIsOpened();
    void mnemonicsAreUnique();
    void fitsANarrowColumn();
    void changesAreCheap();

private:
    template <class T>
    T* child(const char* name)
    {
        auto* found = m_form->findChild<T*>(QLatin1String(name));
        if (found == nullptr) {
            qFatal("no child named %s", name);
        }
        return found;
    }
    QString errorAt(const char* name)
    {
        return qobject_cast<FormField*>(child<QWidget>(name)->parentWidget())->error();
    }
    void show();
    void choose(const char* combo, const char* data);
    void type(const char* name, const QString& text);
    void click(const char* box);
    void press(const char* button);
    QToolButton* headerOf(const char* title);
    /// The first "More" below the section's title.
    QToolButton* moreOf(const char* title);

    std::unique_ptr<NowhereMnist> m_folder;
    std::unique_ptr<FakeEngine> m_engine;
    std::unique_ptr<TrainingForm> m_form;
};

void TestFormSections::initTestCase()
{
    QCoreApplication::setOrganizationName(QStringLiteral("digitpad-test"));
    QCoreApplication::setApplicationName(QStringLiteral("tst_formsections"));
}

void TestFormSections::init()
{
    m_folder = std::make_unique<NowhereMnist>();
    QVERIFY(m_folder->ready());
    m_engine = std::make_unique<FakeEngine>();
    show();
}

void TestFormSections::cleanup()
{
    m_form.reset();
    m_engine.reset();
    m_folder.reset();
}

void TestFormSections::show()
{
    m_form.reset();
    m_form = std::make_unique<TrainingForm>(QList<QUrl>());
    m_form->resize(320, 1600);
    m_form->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_form.get()));
}

/// With the keys.
void TestFormSections::choose(const char* combo, const char* data)
{
    auto* box = child<QComboBox>(combo);
    QVERIFY2(box->isVisible() && box->isEnabled(), combo);
    const int index = box->findData(QString::fromLatin1(data));
    QVERIFY2(index >= 0, data);
    box->setFocus();
    QTest::keyClick(box, Qt::Key_Home);
    for (int i = 0; i < index; ++i) {
        QTest::keyClick(box, Qt::Key_Down);
    }
    QCOMPARE(box->currentIndex(), index);
}

void TestFormSections::type(const char* name, const QString& text)
{
    auto* editor = child<QWidget>(name);
    QVERIFY2(editor->isVisible() && editor->isEnabled(), name);
    editor->setFocus();
    QTest::keyClick(editor, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(editor, text);
    QTest::keyClick(editor, Qt::Key_Return);
}

void TestFormSections::click(const char* name)
{
    auto* box = child<QCheckBox>(name);
    QVERIFY2(box->isVisible() && box->isEnabled(), name);
    QTest::mouseClick(box, Qt::LeftButton, {}, QPoint(10, box->height() / 2));
}

void TestFormSections::press(const char* name)
{
    auto* button = child<QAbstractButton>(name);
    QVERIFY2(button->isVisible() && button->isEnabled(), name);
    QTest::mouseClick(button, Qt::LeftButton);
}

QToolButton* TestFormSections::headerOf(const char* title)
{
    const auto headers = m_form->findChildren<QToolButton*>(QStringLiteral("disclose"));
    const auto found = std::find_if(headers.begin(), headers.end(), [title](const QToolButton* header) {
        return header->text() == QLatin1String(title);
    });
    if (found == headers.end()) {
        qFatal("no section %s", title);
    }
    return *found;
}

QToolButton* TestFormSections::moreOf(const char* title)
{
    const auto heightOf = [this](const QToolButton* header) {
        return header->mapTo(m_form.get(), QPoint()).y();
    };
    const int top = heightOf(headerOf(title));
    QToolButton* nearest = nullptr;
    for (QToolButton* header : m_form->findChildren<QToolButton*>(QStringLiteral("disclose"))) {
        if (header->text() == u"More" && heightOf(header) > top &&
            (nearest == nullptr || heightOf(header) < heightOf(nearest))) {
            nearest = header;
        }
    }
    return nearest;
}

void TestFormSections::everyOptionSurvivesTheForm()
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
    m_form->setRunOptions(options);
    QCOMPARE(optionsFileText(m_form->runOptions()), optionsFileText(options));
    QCOMPARE(m_form->runOptions(), options);
    show(); // Remembered, too.
    QCOMPARE(m_form->runOptions(), options);
}

void TestFormSections::presetsAreAppliedAndRecognised()
{
    QCOMPARE(m_form->presetName(), QStringLiteral("baseline"));
    for (const Preset& preset : presets()) {
        auto* combo = child<QComboBox>("preset");
        combo->setFocus();
        QTest::keyClick(combo, Qt::Key_End);
        QTest::keyClick(combo, Qt::Key_Home);
        while (combo->currentData().toString() != preset.name) {
            QTest::keyClick(combo, Qt::Key_Down);
        }
        QCOMPARE(m_form->presetName(), preset.name);
        QCOMPARE(m_form->options(), preset.training);
        QCOMPARE(m_form->dataSource().augmentation, preset.augmentation);
        QCOMPARE(child<QLabel>("presetExplanation")->text(), preset.explanation);
        QVERIFY(!child<QPushButton>("presetBack")->isVisible());
    }
}

void TestFormSections::aChangeLeavesThePresetAndBackReturns()
{
    type("batchSize", QStringLiteral("32"));
    QVERIFY(m_form->presetName().isEmpty());
    QCOMPARE(child<QComboBox>("preset")->currentText(), QStringLiteral("Own options"));
    QVERIFY(child<QPushButton>("presetBack")->text().contains(QStringLiteral("Baseline")));
    press("presetBack");
    QCOMPARE(m_form->presetName(), QStringLiteral("baseline"));
    QCOMPARE(m_form->options().batchSize, 64);
    // By hand, too.
    type("batchSize", QStringLiteral("32"));
    type("batchSize", QStringLiteral("64"));
    QCOMPARE(m_form->presetName(), QStringLiteral("baseline"));
}

void TestFormSections::seedIsNoPartOfAPreset()
{
    type("seed", QStringLiteral("42"));
    QCOMPARE(m_form->presetName(), QStringLiteral("baseline"));
    choose("preset", "improved");
    QCOMPARE(m_form->options().seed, std::uint64_t{42});
}

void TestFormSections::optionsFilesAreSavedAndLoaded()
{
    choose("preset", "tiny");
    type("epochs", QStringLiteral("7"));
    const RunOptions saved = m_form->runOptions();
    const QString path = m_folder->filePath(QStringLiteral("mine.json"));
    auto* bar = m_form->findChild<PresetBar*>();
    bar->save(path, saved);
    QTRY_VERIFY(child<QLabel>("optionsNote")->text().contains(QStringLiteral("mine.json")));
    choose("preset", "baseline");
    bar->load(path);
    QTRY_COMPARE(m_form->runOptions(), saved);
    QVERIFY(child<QLabel>("optionsNote")->text().contains(QStringLiteral("mine.json")));
}

void TestFormSections::brokenOptionsFilesSaySo()
{
    const QString path = m_folder->filePath(QStringLiteral("odd.json"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QByteArray text = optionsFileText(m_form->runOptions());
    file.write(text.replace("\"epochs\"", "\"epoch\""));
    file.close();
    const RunOptions before = m_form->runOptions();
    auto* bar = m_form->findChild<PresetBar*>();
    bar->load(path);
    const auto* error = bar->findChild<ErrorLabel*>();
    QTRY_VERIFY(!error->text().isEmpty());
    QVERIFY2(error->text().contains(QStringLiteral("“epoch”")), qPrintable(error->text()));
    QCOMPARE(m_form->runOptions(), before);
    bar->load(m_folder->filePath(QStringLiteral("nowhere.json")));
    QTRY_VERIFY(error->text().contains(QStringLiteral("nowhere.json")));
}

void TestFormSections::optionsFilesAreDropped()
{
    RunOptions options = m_form->runOptions();
    options.training.epochs = 3;
    const QString path = m_folder->filePath(QStringLiteral("dropped.json"));
    QVERIFY(writeOptionsFile(path, options).ok());
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(path)});
    QDragEnterEvent enter({10, 10}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(m_form.get(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop({10, 10}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(m_form.get(), &drop);
    QTRY_COMPARE(m_form->options().epochs, 3);

    QMimeData picture;
    picture.setUrls({QUrl::fromLocalFile(m_folder->filePath(QStringLiteral("a.png")))});
    QDragEnterEvent other({10, 10}, Qt::CopyAction, &picture, Qt::LeftButton, Qt::NoModifier);
    other.setAccepted(false);
    QCoreApplication::sendEvent(m_form.get(), &other);
    QVERIFY(!other.isAccepted());
}

void TestFormSections::widthsMakeTheTable()
{
    type("hiddenWidths", QStringLiteral("32-16 8"));
    QCOMPARE(m_form->options().details.hiddenWidths, (std::vector<int>{32, 16, 8}));
    const auto* table = child<NetworkTable>("networkTable");
    QVERIFY(table->isVisible());
    const qint64 parameters = 785 * 32 + 33 * 16 + 17 * 8 + 9 * 10;
    QVERIFY2(child<QLabel>("networkSize")->text().startsWith(QLocale(QLocale::English).toString(parameters)),
             qPrintable(child<QLabel>("networkSize")->text()));
    QVERIFY(table->rowCount() >= 4);
    QCOMPARE(table->item(table->rowCount() - 1, 1)->text(), QStringLiteral("10"));
    click("noDigits"); // An eleventh class.
    QCOMPARE(table->item(table->rowCount() - 1, 1)->text(), QStringLiteral("11"));
    // The network's own widths are no deviation.
    type("hiddenWidths", QStringLiteral("128, 64"));
    QVERIFY(m_form->options().details.hiddenWidths.empty());
}

void TestFormSections::impossibleWidthsAreRefusedAtTheField_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("words");
    QTest::newRow("no numbers") << "wide"
                                << "whole numbers";
    QTest::newRow("empty") << ""
                           << "whole numbers";
    QTest::newRow("fractions") << "1.5"
                               << "whole numbers";
    QTest::newRow("none") << "0"
                          << "1 to 4096";
    QTest::newRow("too wide") << "64, 5000"
                              << "1 to 4096";
    QTest::newRow("too deep") << "9 9 9 9 9 9 9 9 9"
                              << "1 to 8";
    QTest::newRow("more than an int") << "99999999999"
                                      << "whole numbers";
}

void TestFormSections::impossibleWidthsAreRefusedAtTheField()
{
    QFETCH(QString, text);
    QFETCH(QString, words);
    type("hiddenWidths", text.isEmpty() ? QStringLiteral(" ") : text);
    QVERIFY2(errorAt("hiddenWidths").contains(words), qPrintable(errorAt("hiddenWidths")));
    QVERIFY(!child<NetworkTable>("networkTable")->isVisible());
    child<QSpinBox>("epochs")->setFocus();
    QVERIFY(!m_form->check());
    QVERIFY(child<QLineEdit>("hiddenWidths")->hasFocus());
    type("hiddenWidths", QStringLiteral("20"));
    QVERIFY(errorAt("hiddenWidths").isEmpty());
    QVERIFY(m_form->check());
}

void TestFormSections::detailsAreRememberedForEachNetwork()
{
    type("hiddenWidths", QStringLiteral("20"));
    choose("network", "cnn");
    QVERIFY(!child<QLineEdit>("hiddenWidths")->isVisible());
    QVERIFY(child<QCheckBox>("batchNormalization")->isChecked());
    QCOMPARE(m_form->options().details, NetworkDetails());
    choose("network", "mlp");
    QCOMPARE(m_form->options().details.hiddenWidths, std::vector<int>{20});
}

void TestFormSections::parametersShowForTheirOptimizerAlone()
{
    const auto there = [this](const char* name) { return !child<QWidget>(name)->parentWidget()->isHidden(); };
    QVERIFY(!there("momentum") && !there("nesterov") && there("beta1") && !there("alpha"));
    choose("optimizer", "sgd");
    QVERIFY(there("momentum") && there("nesterov") && !there("beta1") && !there("epsilon"));
    choose("optimizer", "rmsprop");
    QVERIFY(there("momentum") && !there("nesterov") && !there("beta1") && there("alpha"));
}

void TestFormSections::nesterovWithoutMomentumIsRefusedAtTheBox()
{
    choose("optimizer", "sgd");
    type("momentum", QStringLiteral("0"));
    click("nesterov");
    QVERIFY(errorAt("nesterov").contains(QStringLiteral("momentum")));
    QVERIFY(!m_form->check());
    click("nesterov");
    QVERIFY(m_form->check());
}

void TestFormSections::scheduleIsDrawnBeforeTheRun()
{
    const auto* curve = child<ScheduleCurve>("scheduleCurve");
    const auto rate = [curve](std::size_t part) {
        return curve->rates()[part * (curve->rates().size() - 1) / 10];
    };
    QCOMPARE(rate(0), 0.001);
    QCOMPARE(rate(10), 0.001);
    choose("schedule", "cosine");
    QVERIFY(rate(10) < 1e-5 && rate(5) < rate(1));
    type("warmUp", QStringLiteral("0.2"));
    QVERIFY(rate(0) < 1e-4 && rate(2) > 9e-4);
    type("finalLearningRate", QStringLiteral("0.01"));
    QVERIFY(errorAt("finalLearningRate").contains(QStringLiteral("above the learning rate")));
    type("finalLearningRate", QStringLiteral("0"));
    QVERIFY(errorAt("finalLearningRate").isEmpty());
    choose("schedule", "step");
    QVERIFY(child<QSpinBox>("stepEpochs")->isVisible());
    QVERIFY(!child<QWidget>("plateauPatience")->isVisible());
}

void TestFormSections::variationsAreSwitchedOneByOne()
{
    QVERIFY(!child<QCheckBox>("rotate")->isVisible());
    QVERIFY(!m_form->dataSource().augmentation);
    click("vary");
    QCOMPARE(m_form->dataSource().augmentation, std::optional(AugmentationOptions::usual()));
    click("rotate");
    QCOMPARE(m_form->dataSource().augmentation->rotate, 0.0);
    QVERIFY(!child<QDoubleSpinBox>("rotateStrength")->isEnabled());
    click("move");
    type("moveStrength", QStringLiteral("2"));
    QCOMPARE(m_form->dataSource().augmentation->nudge, 2.0);
    click("noise");
    QCOMPARE(m_form->dataSource().augmentation->noise, 1.0);
    click("vary");
    QVERIFY(!m_form->dataSource().augmentation);
    click("vary"); // What was chosen is still there.
    QCOMPARE(m_form->dataSource().augmentation->nudge, 2.0);
}

void TestFormSections::previewFollowsTheStrengths()
{
    auto* strip = child<SampleStrip>("sampleStrip");
    QTRY_COMPARE(strip->plain().size(), std::size_t{SampleStrip::samples});
    const auto isReal = [this] {
        return child<QLabel>("previewSource")->text().startsWith(QStringLiteral("Samples of the data"));
    };
    QTRY_VERIFY(isReal());
    QVERIFY(strip->varied() == strip->plain());
    click("vary");
    QTest::mouseClick(moreOf("Preparation"), Qt::LeftButton);
    click("redraw"); // It would draw wholly other digits.
    QTRY_VERIFY(strip->varied() != strip->plain());
    const auto before = strip->varied();
    type("elasticStrength", QStringLiteral("3"));
    QTRY_VERIFY(strip->varied() != before);
    const auto plain = strip->plain();
    QTest::mouseClick(strip, Qt::LeftButton);
    QTRY_VERIFY(strip->plain() != plain);
    const auto clicked = strip->plain();
    press("anotherPreview");
    QTRY_VERIFY(strip->plain() != clicked);
}

void TestFormSections::statisticsOfTheDataAreShown()
{
    choose("normalization", "exact");
    auto* text = child<QLabel>("pixelStatistics");
    QVERIFY(text->isVisible());
    QTRY_VERIFY2(text->text().startsWith(QStringLiteral("Mean about 0.1")), qPrintable(text->text()));
    choose("normalization", "own");
    QVERIFY(!text->isVisible());
    type("standardDeviation", QStringLiteral("0"));
    QVERIFY(errorAt("standardDeviation").contains(QStringLiteral("0.001")));
}

void TestFormSections::foldsTakeThePlaceOfTheSplit()
{
    choose("validation", "folds");
    QVERIFY(child<QSpinBox>("folds")->isVisible() && !child<QWidget>("validationSplit")->isVisible());
    QCOMPARE(m_form->options().folds, 5);
    choose("validation", "split");
    QCOMPARE(m_form->options().folds, 0);
}

void TestFormSections::diceDrawsASeed()
{
    const auto before = m_form->options().seed;
    press("dice");
    const auto once = m_form->options().seed;
    press("dice");
    QVERIFY(once != before || m_form->options().seed != before);
    type("seed", QStringLiteral("18446744073709551615"));
    QCOMPARE(m_form->options().seed, std::uint64_t{18'446'744'073'709'551'615U});
    auto* seed = child<SeedField>("seed");
    QTest::keyClick(seed, Qt::Key_Up); // There is no next.
    QTest::keyClicks(seed, QStringLiteral("x-"));
    QCOMPARE(m_form->options().seed, std::uint64_t{18'446'744'073'709'551'615U});
}

void TestFormSections::gpuIsOfferedWhereThereIsOne()
{
    m_form->setEngine(m_engine.get());
    TrainingOptions options = m_form->options();
    options.device = "cuda";
    m_form->setOptions(options);
    QVERIFY(!m_form->check());
    QVERIFY(errorAt("device").contains(QStringLiteral("GPU")));
    m_engine->engineInfo.cuda = true;
    m_engine->engineInfo.cudaDevice = "A GPU";
    m_form->setEngine(m_engine.get());
    QVERIFY(m_form->check());
    QVERIFY(child<QComboBox>("device")->currentText().contains(QStringLiteral("A GPU")));
}

void TestFormSections::rangeTestIsAskedForAndTaken()
{
    auto* find = child<QPushButton>("findRate");
    QVERIFY(!find->isEnabled());
    QVERIFY(find->toolTip().contains(QStringLiteral("loading")));
    m_form->setEngine(m_engine.get());
    QSignalSpy asked(m_form.get(), &TrainingForm::rangeTestRequested);
    press("findRate");
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked.first().first().value<RunOptions>(), m_form->runOptions());
    QVERIFY(child<QLabel>("rangeTestText")->isVisible());
    RateRangeTest test;
    for (int i = 0; i < 50; ++i) {
        test.points.push_back({std::pow(10, -6 + 0.1 * i), i < 40 ? 2.3 - 0.04 * i : 0.1 * i});
    }
    test.suggestion = 0.00321;
    m_form->showRangeTest(test);
    m_form->rangeTestEnded({});
    QCOMPARE(child<QPushButton>("useRate")->text(), QStringLiteral("Use 0.0032"));
    press("useRate");
    QCOMPARE(m_form->options().learningRate, 0.0032);
    press("closeRangeTest");
    QVERIFY(!child<QPushButton>("useRate")->isVisible());

    type("batchSize", QStringLiteral("100000")); // More than there are images.
    press("findRate");
    QCOMPARE(asked.size(), 1);
}

void TestFormSections::rangeTestThatFailsSaysWhy()
{
    m_form->setEngine(m_engine.get());
    press("findRate");
    m_form->rangeTestEnded(QStringLiteral("There is no memory left; choose a smaller batch."));
    QVERIFY(!child<QPushButton>("useRate")->isVisible());
    const auto* panel = child<QLabel>("rangeTestText")->parentWidget();
    QVERIFY(panel->findChild<ErrorLabel*>()->text().contains(QStringLiteral("smaller batch")));
    press("findRate");
    m_form->showRangeTest(RateRangeTest());
    QVERIFY(child<QLabel>("rangeTestText")->text().contains(QStringLiteral("no rate")));
    press("findRate");
    m_form->rangeTestEnded({}); // Stopped.
    QVERIFY(!child<QLabel>("rangeTestText")->isVisible());
}

void TestFormSections::sectionsCloseAndStayClosed()
{
    auto* header = headerOf("Run");
    QVERIFY(child<QSpinBox>("epochs")->isVisible());
    QTest::mouseClick(header, Qt::LeftButton);
    QVERIFY(!child<QSpinBox>("epochs")->isVisible());
    const auto* note = header->parentWidget()->findChild<NoteLabel*>();
    QVERIFY2(note->text().startsWith(QStringLiteral("10 epochs")), qPrintable(note->text()));
    show();
    QVERIFY(!child<QSpinBox>("epochs")->isVisible());
    headerOf("Run")->setFocus();
    QTest::keyClick(headerOf("Run"), Qt::Key_Space);
    QVERIFY(child<QSpinBox>("epochs")->isVisible());
}

void TestFormSections::aProblemUnderMoreIsOpened()
{
    TrainingOptions options = m_form->options();
    options.beta2 = 1;
    m_form->setOptions(options);
    QVERIFY(!child<QWidget>("beta2")->isVisible());
    QTest::mouseClick(headerOf("Optimisation"), Qt::LeftButton);
    QVERIFY(!m_form->check());
    QVERIFY(child<QWidget>("beta2")->isVisible() && child<QWidget>("beta2")->hasFocus());
}

void TestFormSections::mnemonicsAreUnique()
{
    QStringList keys;
    const auto add = [&keys](const QString& text) {
        if (const auto key = QKeySequence::mnemonic(text); !key.isEmpty()) {
            keys += key.toString();
        }
    };
    for (const QLabel* label : m_form->findChildren<QLabel*>()) {
        if (label->buddy() != nullptr) {
            add(label->text());
        }
    }
    for (const QAbstractButton* button : m_form->findChildren<QAbstractButton*>()) {
        add(button->text());
    }
    QVERIFY(keys.size() > 10);
    QCOMPARE(keys.removeDuplicates(), 0);
}

void TestFormSections::fitsANarrowColumn()
{
    const auto all = m_form->findChildren<Disclosure*>();
    for (Disclosure* disclosure : all) {
        disclosure->setOpen(true);
    }
    for (const Preset& preset : presets()) {
        m_form->setRunOptions(withPreset(preset, m_form->runOptions()));
        QCoreApplication::processEvents();
        QVERIFY2(m_form->minimumSizeHint().width() <= 320,
                 qPrintable(QString::number(m_form->minimumSizeHint().width())));
    }
}

/// A figure for people: what one change of a field costs. The tests' own machine decides nothing.
void TestFormSections::changesAreCheap()
{
    auto* epochs = child<QSpinBox>("epochs");
    auto* widths = child<QLineEdit>("hiddenWidths");
    QSignalSpy changed(m_form.get(), &TrainingForm::changed);
    QElapsedTimer timer;
    timer.start();
    constexpr int changes = 50;
    for (int i = 0; i < changes; ++i) {
        epochs->setValue(100 + i);
        widths->setText(QString::number(50 + i));
    }
    qInfo("%.2f ms a change", static_cast<double>(timer.nsecsElapsed()) / 1e6 / (2 * changes));
    QCOMPARE(changed.size(), 2 * changes);
    // Not with every key.
    QVERIFY(!QSettings().value(QStringLiteral("training/options")).toString().contains(u"149"));
    QTRY_VERIFY(QSettings().value(QStringLiteral("training/options")).toString().contains(u"149"));
}

QTEST_MAIN(TestFormSections)
#include "tst_formsections.moc"
