// How it is trained: the sections of optimisation, schedule and run.
#include "tests/gui/training/formfixture.h"
#include "ui/training/ratefield.h"
#include "ui/training/schedulecurve.h"
#include "ui/training/seedfield.h"

#include <QDoubleSpinBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>

#include <cmath>

using namespace digitpad;

class TestFormOptimisation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void optimizerMovesAnUntouchedRate();
    void optimizerKeepsAChosenRate();
    void parametersShowForTheirOptimizerAlone();
    void rateTakesEveryNotation_data();
    void rateTakesEveryNotation();
    void impossibleRateIsRefusedInWords_data();
    void impossibleRateIsRefusedInWords();
    void nesterovWithoutMomentumIsRefusedAtTheBox();
    void rangeTestIsAskedForAndTaken();
    void rangeTestThatFailsSaysWhy();
    void scheduleIsDrawnBeforeTheRun();
    void impossibleSplitIsRefusedInWords();
    void batchLargerThanTheDataIsRefusedInWords();
    void foldsTakeThePlaceOfTheSplit();
    void diceDrawsASeed();
    void gpuIsOfferedWhereThereIsOne();

private:
    [[nodiscard]] TrainingForm* form() const { return m_fixture->form.get(); }

    std::unique_ptr<FormFixture> m_fixture;
};

void TestFormOptimisation::initTestCase()
{
    QCoreApplication::setOrganizationName(QStringLiteral("digitpad-test"));
    QCoreApplication::setApplicationName(QStringLiteral("tst_formoptimisation"));
}

void TestFormOptimisation::init()
{
    m_fixture = std::make_unique<FormFixture>();
}

void TestFormOptimisation::cleanup()
{
    m_fixture.reset();
}

void TestFormOptimisation::optimizerMovesAnUntouchedRate()
{
    m_fixture->choose("optimizer", 2);
    QCOMPARE(form()->options().optimizer, "sgd");
    QCOMPARE(form()->options().learningRate, 0.05);
    m_fixture->choose("optimizer", 1);
    QCOMPARE(form()->options().weightDecay, 0.01);
    m_fixture->choose("optimizer", 3);
    QCOMPARE(form()->options().momentum, 0.0);
    QCOMPARE(form()->options().weightDecay, 0.0);
    m_fixture->choose("optimizer", 0);
    QCOMPARE(form()->options().learningRate, 0.001);
}

void TestFormOptimisation::optimizerKeepsAChosenRate()
{
    m_fixture->type("learningRate", QStringLiteral("0.003"));
    m_fixture->choose("optimizer", 2);
    QCOMPARE(form()->options().learningRate, 0.003);
}

void TestFormOptimisation::parametersShowForTheirOptimizerAlone()
{
    const auto there = [this](const char* name) { return m_fixture->hasRow(name); };
    QVERIFY(!there("momentum") && !there("nesterov") && there("beta1") && !there("alpha"));
    m_fixture->choose("optimizer", "sgd");
    QVERIFY(there("momentum") && there("nesterov") && !there("beta1") && !there("epsilon"));
    m_fixture->choose("optimizer", "rmsprop");
    QVERIFY(there("momentum") && !there("nesterov") && !there("beta1") && there("alpha"));
}

void TestFormOptimisation::rateTakesEveryNotation_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<double>("rate");
    QTest::newRow("decimal") << "0.002" << 0.002;
    QTest::newRow("scientific") << "1e-3" << 0.001;
    QTest::newRow("capital") << "5E-4" << 0.0005;
    QTest::newRow("comma") << "0,01" << 0.01;
    QTest::newRow("spaces") << " 0.1 " << 0.1;
}

void TestFormOptimisation::rateTakesEveryNotation()
{
    QFETCH(QString, text);
    m_fixture->type("learningRate", text);
    QTEST(form()->options().learningRate, "rate");
    QVERIFY(m_fixture->fieldOf("learningRate")->error().isEmpty());
}

void TestFormOptimisation::impossibleRateIsRefusedInWords_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("words");
    QTest::newRow("no number") << "abc"
                               << "no number";
    QTest::newRow("empty") << " "
                           << "no number";
    QTest::newRow("zero") << "0"
                          << "above 0";
    QTest::newRow("negative") << "-0.1"
                              << "above 0";
    QTest::newRow("too large") << "11"
                               << "up to 10";
    QTest::newRow("nan") << "nan"
                         << "above 0";
    QTest::newRow("infinite") << "inf"
                              << "above 0";
}

void TestFormOptimisation::impossibleRateIsRefusedInWords()
{
    QFETCH(QString, text);
    QFETCH(QString, words);
    m_fixture->choose("dataKind", 1);
    m_fixture->type("learningRate", text);
    FormField* field = m_fixture->fieldOf("learningRate");
    QVERIFY2(field->error().contains(words), qPrintable(field->error()));
    m_fixture->child<QSpinBox>("epochs")->setFocus();
    QVERIFY(!form()->check());
    QVERIFY(m_fixture->child<RateField>("learningRate")->hasFocus());
}

void TestFormOptimisation::nesterovWithoutMomentumIsRefusedAtTheBox()
{
    m_fixture->choose("optimizer", "sgd");
    m_fixture->type("momentum", QStringLiteral("0"));
    m_fixture->click("nesterov");
    QVERIFY(m_fixture->errorAt("nesterov").contains(QStringLiteral("momentum")));
    QVERIFY(!form()->check());
    m_fixture->click("nesterov");
    QVERIFY(form()->check());
}

void TestFormOptimisation::rangeTestIsAskedForAndTaken()
{
    auto* find = m_fixture->child<QPushButton>("findRate");
    QVERIFY(!find->isEnabled());
    QVERIFY(find->toolTip().contains(QStringLiteral("loading")));
    form()->setEngine(&m_fixture->engine);
    QSignalSpy asked(form(), &TrainingForm::rangeTestRequested);
    m_fixture->press("findRate");
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked.first().first().value<RunOptions>(), form()->runOptions());
    QVERIFY(m_fixture->child<QLabel>("rangeTestText")->isVisible());
    RateRangeTest test;
    for (int i = 0; i < 50; ++i) {
        test.points.push_back({std::pow(10, -6 + 0.1 * i), i < 40 ? 2.3 - 0.04 * i : 0.1 * i});
    }
    test.suggestion = 0.00321;
    form()->showRangeTest(test);
    form()->rangeTestEnded({});
    QCOMPARE(m_fixture->child<QPushButton>("useRate")->text(), QStringLiteral("Use 0.0032"));
    m_fixture->press("useRate");
    QCOMPARE(form()->options().learningRate, 0.0032);
    m_fixture->press("closeRangeTest");
    QVERIFY(!m_fixture->child<QPushButton>("useRate")->isVisible());

    m_fixture->type("batchSize", QStringLiteral("100000")); // More than there are images.
    m_fixture->press("findRate");
    QCOMPARE(asked.size(), 1);
}

void TestFormOptimisation::rangeTestThatFailsSaysWhy()
{
    form()->setEngine(&m_fixture->engine);
    m_fixture->press("findRate");
    form()->rangeTestEnded(QStringLiteral("There is no memory left; choose a smaller batch."));
    QVERIFY(!m_fixture->child<QPushButton>("useRate")->isVisible());
    const auto* panel = m_fixture->child<QLabel>("rangeTestText")->parentWidget();
    QVERIFY(panel->findChild<ErrorLabel*>()->text().contains(QStringLiteral("smaller batch")));
    m_fixture->press("findRate");
    form()->showRangeTest(RateRangeTest());
    QVERIFY(m_fixture->child<QLabel>("rangeTestText")->text().contains(QStringLiteral("no rate")));
    m_fixture->press("findRate");
    form()->rangeTestEnded({}); // Stopped.
    QVERIFY(!m_fixture->child<QLabel>("rangeTestText")->isVisible());
}

void TestFormOptimisation::scheduleIsDrawnBeforeTheRun()
{
    const auto* curve = m_fixture->child<ScheduleCurve>("scheduleCurve");
    const auto rate = [curve](std::size_t part) {
        return curve->rates()[part * (curve->rates().size() - 1) / 10];
    };
    QCOMPARE(rate(0), 0.001);
    QCOMPARE(rate(10), 0.001);
    m_fixture->choose("schedule", "cosine");
    QVERIFY(rate(10) < 1e-5 && rate(5) < rate(1));
    m_fixture->type("warmUp", QStringLiteral("0.2"));
    QVERIFY(rate(0) < 1e-4 && rate(2) > 9e-4);
    m_fixture->type("finalLearningRate", QStringLiteral("0.01"));
    QVERIFY(m_fixture->errorAt("finalLearningRate").contains(QStringLiteral("above the learning rate")));
    m_fixture->type("finalLearningRate", QStringLiteral("0"));
    QVERIFY(m_fixture->errorAt("finalLearningRate").isEmpty());
    m_fixture->choose("schedule", "step");
    QVERIFY(m_fixture->child<QSpinBox>("stepEpochs")->isVisible());
    QVERIFY(!m_fixture->child<QWidget>("plateauPatience")->isVisible());
}

void TestFormOptimisation::impossibleSplitIsRefusedInWords()
{
    m_fixture->choose("dataKind", 1);
    m_fixture->child<QDoubleSpinBox>("validationSplit")->setValue(0);
    QVERIFY(m_fixture->fieldOf("validationSplit")->error().contains(QStringLiteral("between 0 and 1")));
    QVERIFY(!form()->check());
    m_fixture->child<QDoubleSpinBox>("validationSplit")->setValue(100);
    QVERIFY(!form()->check());
    // Too little for a single image.
    m_fixture->child<QSpinBox>("syntheticCount")->setValue(100);
    m_fixture->child<QDoubleSpinBox>("validationSplit")->setValue(0.1);
    QVERIFY(!form()->check());
    QVERIFY(m_fixture->fieldOf("validationSplit")->error().contains(QStringLiteral("one side empty")));
}

void TestFormOptimisation::batchLargerThanTheDataIsRefusedInWords()
{
    m_fixture->choose("dataKind", 1);
    m_fixture->child<QSpinBox>("syntheticCount")->setValue(100);
    m_fixture->child<QSpinBox>("batchSize")->setValue(91);
    QVERIFY(!form()->check());
    QVERIFY(m_fixture->fieldOf("batchSize")->error().contains(QStringLiteral("choose 1 to 90")));
    m_fixture->child<QSpinBox>("batchSize")->setValue(90);
    QVERIFY(form()->check());
}

void TestFormOptimisation::foldsTakeThePlaceOfTheSplit()
{
    m_fixture->choose("validation", "folds");
    QVERIFY(m_fixture->child<QSpinBox>("folds")->isVisible() &&
            !m_fixture->child<QWidget>("validationSplit")->isVisible());
    QCOMPARE(form()->options().folds, 5);
    m_fixture->choose("validation", "split");
    QCOMPARE(form()->options().folds, 0);
}

void TestFormOptimisation::diceDrawsASeed()
{
    const auto before = form()->options().seed;
    m_fixture->press("dice");
    const auto once = form()->options().seed;
    m_fixture->press("dice");
    QVERIFY(once != before || form()->options().seed != before);
    m_fixture->type("seed", QStringLiteral("18446744073709551615"));
    QCOMPARE(form()->options().seed, std::uint64_t{18'446'744'073'709'551'615U});
    auto* seed = m_fixture->child<SeedField>("seed");
    QTest::keyClick(seed, Qt::Key_Up); // There is no next.
    QTest::keyClicks(seed, QStringLiteral("x-"));
    QCOMPARE(form()->options().seed, std::uint64_t{18'446'744'073'709'551'615U});
}

void TestFormOptimisation::gpuIsOfferedWhereThereIsOne()
{
    form()->setEngine(&m_fixture->engine);
    TrainingOptions options = form()->options();
    options.device = "cuda";
    form()->setOptions(options);
    QVERIFY(!form()->check());
    QVERIFY(m_fixture->errorAt("device").contains(QStringLiteral("GPU")));
    m_fixture->engine.engineInfo.cuda = true;
    m_fixture->engine.engineInfo.cudaDevice = "A GPU";
    form()->setEngine(&m_fixture->engine);
    QVERIFY(form()->check());
    QVERIFY(m_fixture->child<QComboBox>("device")->currentText().contains(QStringLiteral("A GPU")));
}

QTEST_MAIN(TestFormOptimisation)
#include "tst_formoptimisation.moc"
