#include "core/learning/networks.h"
#include "tests/gui/training/nowheremnist.h"
#include "ui/training/datachooser.h"
#include "ui/training/formfield.h"
#include "ui/training/ratefield.h"
#include "ui/training/seedfield.h"
#include "ui/training/trainingform.h"
#include "ui/widgets/tones.h"

#include <QComboBox>
#include <QDir>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QPushButton>
#include <QSettings>
#include <QSpinBox>
#include <QTest>
#include <QWheelEvent>

using namespace digitpad;

class TestTrainingForm : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void beginsWithTheDefaults();
    void everyKnobExplainsItself();
    void networksHaveTitlesAndSizes();
    void optimizerMovesAnUntouchedRate();
    void optimizerKeepsAChosenRate();
    void rateTakesEveryNotation_data();
    void rateTakesEveryNotation();
    void rateStepsByFactors_data();
    void rateStepsByFactors();
    void impossibleRateIsRefusedInWords_data();
    void impossibleRateIsRefusedInWords();
    void impossibleSplitIsRefusedInWords();
    void batchLargerThanTheDataIsRefusedInWords();
    void everythingWrongIsSaidAtOnce();
    void refusalGoesWithTheCorrection();
    void remembersWhatWasChosen();
    void nonsenseInTheSettingsIsPassedOver();
    void lockedSaysWhy();
    void wheelWithoutFocusChangesNothing();
    void wordsStayReadableWhenThePaletteChanges();

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
    template <class T>
    FormField* fieldOf(const char* name)
    {
        return qobject_cast<FormField*>(child<T>(name)->parentWidget());
    }
    void choose(const char* combo, int index);
    void typeRate(const QString& text);
    void show();

    std::unique_ptr<NowhereMnist> m_folder;
    std::unique_ptr<TrainingForm> m_form;
};

void TestTrainingForm::initTestCase()
{
    QCoreApplication::setOrganizationName(QStringLiteral("digitpad-test"));
    QCoreApplication::setApplicationName(QStringLiteral("tst_trainingform"));
}

void TestTrainingForm::init()
{
    m_folder = std::make_unique<NowhereMnist>();
    QVERIFY(m_folder->ready());
    show();
}

void TestTrainingForm::cleanup()
{
    m_form.reset();
    m_folder.reset();
}

void TestTrainingForm::show()
{
    m_form.reset(); // What it was asked for is written down by then.
    m_form = std::make_unique<TrainingForm>();
    m_form->resize(360, 640);
    m_form->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_form.get()));
}

void TestTrainingForm::choose(const char* combo, int index)
{
    auto* box = child<QComboBox>(combo);
    QVERIFY(box->isEnabled());
    box->setFocus();
    QTest::keyClick(box, Qt::Key_Home);
    for (int i = 0; i < index; ++i) {
        QTest::keyClick(box, Qt::Key_Down);
    }
    QCOMPARE(box->currentIndex(), index);
}

void TestTrainingForm::typeRate(const QString& text)
{
    auto* rate = child<RateField>("learningRate");
    rate->setFocus();
    rate->selectAll();
    QTest::keyClicks(rate, text);
    QTest::keyClick(rate, Qt::Key_Return);
}

void TestTrainingForm::beginsWithTheDefaults()
{
    QCOMPARE(m_form->options(), TrainingOptions());
}

void TestTrainingForm::everyKnobExplainsItself()
{
    const auto fields = m_form->findChildren<FormField*>();
    QVERIFY(fields.size() > 60);
    for (const FormField* field : fields) {
        QVERIFY2(field->toolTip().size() > 50, qPrintable(field->editor()->objectName()));
    }
}

void TestTrainingForm::networksHaveTitlesAndSizes()
{
    auto* network = child<QComboBox>("network");
    QCOMPARE(static_cast<std::size_t>(network->count()), networkDescriptions().size());
    const auto sizeText = [this] { return child<QLabel>("networkSize")->text(); };
    QCOMPARE(network->currentText(), QStringLiteral("Fully connected"));
    QCOMPARE(sizeText(), QStringLiteral("109,386 parameters in all"));
    const int cnn = network->findData(QStringLiteral("cnn"));
    choose("network", cnn);
    const auto parameters = networkDescriptions()[static_cast<std::size_t>(cnn)].parameters;
    QVERIFY(sizeText().startsWith(QLocale(QLocale::English).toString(parameters)));
    QVERIFY(fieldOf<QComboBox>("network")->toolTip().contains(QStringLiteral("convolutions")));
    QCOMPARE(m_form->options().network, "cnn");
}

void TestTrainingForm::optimizerMovesAnUntouchedRate()
{
    choose("optimizer", 2);
    QCOMPARE(m_form->options().optimizer, "sgd");
    QCOMPARE(m_form->options().learningRate, 0.05);
    choose("optimizer", 1);
    QCOMPARE(m_form->options().weightDecay, 0.01);
    choose("optimizer", 3);
    QCOMPARE(m_form->options().momentum, 0.0);
    QCOMPARE(m_form->options().weightDecay, 0.0);
    choose("optimizer", 0);
    QCOMPARE(m_form->options().learningRate, 0.001);
}

void TestTrainingForm::optimizerKeepsAChosenRate()
{
    typeRate(QStringLiteral("0.003"));
    choose("optimizer", 2);
    QCOMPARE(m_form->options().learningRate, 0.003);
}

void TestTrainingForm::rateTakesEveryNotation_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<double>("rate");
    QTest::newRow("decimal") << "0.002" << 0.002;
    QTest::newRow("scientific") << "1e-3" << 0.001;
    QTest::newRow("capital") << "5E-4" << 0.0005;
    QTest::newRow("comma") << "0,01" << 0.01;
    QTest::newRow("spaces") << " 0.1 " << 0.1;
}

void TestTrainingForm::rateTakesEveryNotation()
{
    QFETCH(QString, text);
    typeRate(text);
    QTEST(m_form->options().learningRate, "rate");
    QVERIFY(fieldOf<RateField>("learningRate")->error().isEmpty());
}

void TestTrainingForm::rateStepsByFactors_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<int>("key");
    QTest::addColumn<QString>("to");
    QTest::newRow("up") << "0.001" << int(Qt::Key_Up) << "0.002";
    QTest::newRow("up over a decade") << "0.005" << int(Qt::Key_Up) << "0.01";
    QTest::newRow("down") << "0.001" << int(Qt::Key_Down) << "0.0005";
    QTest::newRow("to the grid") << "0.003" << int(Qt::Key_Down) << "0.002";
    QTest::newRow("small") << "1e-5" << int(Qt::Key_Down) << "5e-06";
    QTest::newRow("not past the largest") << "10" << int(Qt::Key_Up) << "10";
    QTest::newRow("no number stays") << "abc" << int(Qt::Key_Up) << "abc";
}

void TestTrainingForm::rateStepsByFactors()
{
    QFETCH(QString, from);
    QFETCH(int, key);
    typeRate(from);
    auto* rate = child<RateField>("learningRate");
    QTest::keyClick(rate, static_cast<Qt::Key>(key));
    QTEST(rate->text(), "to");
}

void TestTrainingForm::impossibleRateIsRefusedInWords_data()
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

void TestTrainingForm::impossibleRateIsRefusedInWords()
{
    QFETCH(QString, text);
    QFETCH(QString, words);
    choose("dataKind", 1);
    typeRate(text);
    FormField* field = fieldOf<RateField>("learningRate");
    QVERIFY2(field->error().contains(words), qPrintable(field->error()));
    child<QSpinBox>("epochs")->setFocus();
    QVERIFY(!m_form->check());
    QVERIFY(child<RateField>("learningRate")->hasFocus());
}

void TestTrainingForm::impossibleSplitIsRefusedInWords()
{
    choose("dataKind", 1);
    child<QDoubleSpinBox>("validationSplit")->setValue(0);
    QVERIFY(fieldOf<QDoubleSpinBox>("validationSplit")->error().contains(QStringLiteral("between 0 and 1")));
    QVERIFY(!m_form->check());
    child<QDoubleSpinBox>("validationSplit")->setValue(100);
    QVERIFY(!m_form->check());
    // Too little for a single image.
    child<QSpinBox>("syntheticCount")->setValue(100);
    child<QDoubleSpinBox>("validationSplit")->setValue(0.1);
    QVERIFY(!m_form->check());
    QVERIFY(fieldOf<QDoubleSpinBox>("validationSplit")->error().contains(QStringLiteral("one side empty")));
}

void TestTrainingForm::batchLargerThanTheDataIsRefusedInWords()
{
    choose("dataKind", 1);
    child<QSpinBox>("syntheticCount")->setValue(100);
    child<QSpinBox>("batchSize")->setValue(91);
    QVERIFY(!m_form->check());
    QVERIFY(fieldOf<QSpinBox>("batchSize")->error().contains(QStringLiteral("choose 1 to 90")));
    child<QSpinBox>("batchSize")->setValue(90);
    QVERIFY(m_form->check());
}

void TestTrainingForm::everythingWrongIsSaidAtOnce()
{
    choose("dataKind", 1);
    child<QSpinBox>("syntheticCount")->setValue(100);
    child<QSpinBox>("batchSize")->setValue(91);
    typeRate(QStringLiteral("0"));
    QVERIFY(!fieldOf<QSpinBox>("batchSize")->error().isEmpty());
    QVERIFY(!fieldOf<RateField>("learningRate")->error().isEmpty());
}

void TestTrainingForm::refusalGoesWithTheCorrection()
{
    choose("dataKind", 1);
    typeRate(QStringLiteral("0"));
    QVERIFY(!fieldOf<RateField>("learningRate")->error().isEmpty());
    auto* rate = child<RateField>("learningRate");
    QTest::keyClicks(rate, QStringLiteral(".01")); // Behind the 0, and no return yet.
    QVERIFY(fieldOf<RateField>("learningRate")->error().isEmpty());
    QVERIFY(m_form->check());
}

void TestTrainingForm::remembersWhatWasChosen()
{
    choose("dataKind", 1);
    child<QSpinBox>("syntheticCount")->setValue(5000);
    choose("network", 1);
    choose("optimizer", 2);
    typeRate(QStringLiteral("0.02"));
    choose("schedule", 3);
    choose("normalization", 1);
    child<QSpinBox>("batchSize")->setValue(128);
    child<QSpinBox>("epochs")->setValue(3);
    child<QDoubleSpinBox>("validationSplit")->setValue(20);
    child<SeedField>("seed")->setValue(42);
    const TrainingOptions chosen = m_form->options();
    QCOMPARE(chosen.normalization, NormalizationChoice::Exact);
    QCOMPARE(chosen.schedule, "cosine");

    show();
    QCOMPARE(m_form->options(), chosen);
    QCOMPARE(m_form->dataSource().parts, QStringList{QStringLiteral("synthetic")});
    QCOMPARE(m_form->dataSource().syntheticCount, 5000u);
}

void TestTrainingForm::nonsenseInTheSettingsIsPassedOver()
{
    QSettings settings;
    settings.setValue(QStringLiteral("training/network"), QStringLiteral("no such network"));
    settings.setValue(QStringLiteral("training/learningRate"), QStringLiteral("abc"));
    settings.setValue(QStringLiteral("training/epochs"), -5);
    settings.setValue(QStringLiteral("training/data"), 7);
    show();
    QCOMPARE(m_form->options().network, "mlp");
    QCOMPARE(m_form->options().learningRate, 0.001);
    QCOMPARE(m_form->options().epochs, TrainingOptions().epochs);
    QCOMPARE(m_form->dataChooser()->kind(), DataChooser::Kind::Synthetic); // MNIST is not at hand.
}

void TestTrainingForm::lockedSaysWhy()
{
    const QString reason = QStringLiteral("A run is in progress.");
    m_form->setLocked(reason);
    const auto fields = m_form->findChildren<FormField*>();
    for (const FormField* field : fields) {
        QVERIFY2(!field->editor()->isEnabled(), qPrintable(field->editor()->objectName()));
        QVERIFY(field->toolTip().contains(reason));
    }
    QVERIFY(!child<QPushButton>("mnistChoose")->isEnabled());
    m_form->setLocked({});
    QVERIFY(child<QSpinBox>("epochs")->isEnabled());
    QVERIFY(!fieldOf<QSpinBox>("epochs")->toolTip().contains(reason));
}

void TestTrainingForm::wheelWithoutFocusChangesNothing()
{
    auto* epochs = child<QSpinBox>("epochs");
    child<SeedField>("seed")->setFocus();
    const QPointF at = epochs->rect().center();
    const auto turn = [&] {
        QWheelEvent event(at, epochs->mapToGlobal(at), {}, {0, 120}, Qt::NoButton, Qt::NoModifier,
                          Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(epochs, &event);
    };
    turn();
    QCOMPARE(epochs->value(), 10);
    epochs->setFocus();
    turn();
    QCOMPARE(epochs->value(), 11);
}

void TestTrainingForm::wordsStayReadableWhenThePaletteChanges()
{
    typeRate(QStringLiteral("0"));
    const auto labels = {child<QLabel>("networkSize"),
                         fieldOf<RateField>("learningRate")->findChild<QLabel*>()};
    for (const QColor& window : {QColor(0x2b, 0x2b, 0x2e), QColor(0xef, 0xef, 0xef)}) {
        QApplication::setPalette(QPalette(window));
        QCoreApplication::processEvents();
        for (const QLabel* label : labels) {
            const QColor text = label->palette().color(QPalette::WindowText);
            QVERIFY2(contrast(text, window) >= 4.5, qPrintable(text.name() + window.name()));
        }
    }
}

QTEST_MAIN(TestTrainingForm)
#include "tst_trainingform.moc"
