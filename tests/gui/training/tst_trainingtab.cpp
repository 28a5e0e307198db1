#include "core/learning/engineloader.h"
#include "tests/gui/training/tabfixture.h"
#include "tests/support/tabstops.h"
#include "ui/training/epochtable.h"
#include "ui/training/formfield.h"
#include "ui/training/metricschart.h"
#include "ui/training/modelpanel.h"
#include "ui/training/plotview.h"
#include "ui/training/ratefield.h"
#include "ui/training/runpanel.h"
#include "ui/training/runsmodel.h"
#include "ui/training/trainingform.h"
#include "ui/widgets/messagebar.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QElapsedTimer>
#include <QFile>
#include <QProgressBar>
#include <QSpinBox>
#include <QTabWidget>
#include <QTemporaryDir>

#include <algorithm>

using namespace digitpad;

class TestTrainingTab : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void startWaitsForTheEngine();
    void startSaysWhyThereIsNoEngine();
    void aMissingModelIsNoMatterForTraining();
    void slowBlasIsNamed();
    void runsToTheEnd();
    void showsProgressWhileRunning();
    void keysStartAndStop();
    void stopKeepsTheBestModel();
    void stopInTheFirstEpochKeepsTheWeights();
    void stopWhileLoadingDataLeavesNothing();
    void failureIsSaidAndTheNextRunMayStart();
    void impossibleOptionsStartNothing();
    void teachesWhatIsNoDigitAndVaries();
    void warningsOfTheDataAreShown();
    void foldsAreSummedUp();
    void tabPassesThroughTheTabAsItIsSeen();

    void realTraining();

private:
    std::unique_ptr<TabFixture> m_fixture;
};

void TestTrainingTab::initTestCase()
{
    QCoreApplication::setOrganizationName(QStringLiteral("digitpad-test"));
    QCoreApplication::setApplicationName(QStringLiteral("tst_trainingtab"));
}

void TestTrainingTab::init()
{
    m_fixture = std::make_unique<TabFixture>();
}

void TestTrainingTab::cleanup()
{
    m_fixture->engine.release();
    m_fixture.reset();
}

void TestTrainingTab::startWaitsForTheEngine()
{
    m_fixture->show();
    auto* start = m_fixture->child<QPushButton>("start");
    QVERIFY(!start->isEnabled());
    QVERIFY(start->toolTip().contains(QStringLiteral("loading")));
    QVERIFY(m_fixture->status().contains(QStringLiteral("loading")));
    m_fixture->giveEngine();
    QVERIFY(start->isEnabled());
    QVERIFY(m_fixture->status().contains(QStringLiteral("Ready")));
}

void TestTrainingTab::startSaysWhyThereIsNoEngine()
{
    const QByteArray before = qgetenv("DIGITPAD_ENGINE");
    qputenv("DIGITPAD_ENGINE", "/nowhere/libdigitpad_torch.so");
    m_fixture->show();
    m_fixture->recognizer.start();
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->status().contains(QStringLiteral("not possible")), longTime);
    qputenv("DIGITPAD_ENGINE", before);
    QVERIFY2(m_fixture->status().contains(QStringLiteral("could not be loaded")),
             qPrintable(m_fixture->status()));
    QVERIFY(!m_fixture->child<QPushButton>("start")->isEnabled());
    QCOMPARE(m_fixture->child<QPushButton>("start")->toolTip(), m_fixture->status());
}

void TestTrainingTab::aMissingModelIsNoMatterForTraining()
{
    m_fixture->showReady();
    Q_EMIT m_fixture->recognizer.stateChanged(Recognizer::State::Failed);
    QVERIFY(m_fixture->child<QPushButton>("start")->isEnabled());
}

void TestTrainingTab::slowBlasIsNamed()
{
    m_fixture->engine.engineInfo.slowBlas = true;
    m_fixture->showReady();
    auto* messages = m_fixture->window->findChild<MessageBar*>();
    QVERIFY(messages->isVisible());
    QCOMPARE(messages->tone(), Tone::Warning);
    QVERIFY(messages->text().contains(QStringLiteral("libopenblas0-pthread")));
}

void TestTrainingTab::runsToTheEnd()
{
    m_fixture->showReady();
    m_fixture->press("start");
    QVERIFY(m_fixture->window->tab->runInProgress());
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->idle(), longTime);
    QCOMPARE(m_fixture->ends, 1);
    QCOMPARE(m_fixture->status(),
             QStringLiteral("Finished: test accuracy 97.4\u00A0% after 4 epochs in 12 s."));
    QCOMPARE(m_fixture->window->findChild<EpochTable*>()->model()->rowCount(), 4);
    auto* charts = m_fixture->window->findChild<MetricsChart*>();
    const PlotScene& scene = charts->plot(Metric::Loss)->scene();
    QCOMPARE(scene.runs.size(), 1u);
    const RunCurves& curves = *scene.runs.front().curves;
    QCOMPARE(curves.epochs.size(), 4u);
    QCOMPARE(curves.batches.back().step, curves.epochs.back().step);
    QCOMPARE(curves.batches.size(), static_cast<std::size_t>(curves.batches.back().step)); // None is missing.
    auto* progress = m_fixture->child<QProgressBar>("progress");
    QCOMPARE(progress->value(), progress->maximum());
    auto* models = m_fixture->child<QComboBox>("modelChoice");
    QCOMPARE(models->count(), 2);
    QVERIFY(models->currentText().contains(QStringLiteral(" 1: best (epoch 2")));
    QVERIFY(m_fixture->child<QSpinBox>("epochs")->isEnabled());
    QVERIFY(m_fixture->child<QPushButton>("start")->isEnabled());
    QVERIFY(!m_fixture->child<QPushButton>("stop")->isEnabled());
}

void TestTrainingTab::showsProgressWhileRunning()
{
    m_fixture->showReady();
    QVERIFY(!m_fixture->child<QPushButton>("stop")->isEnabled());
    QVERIFY(!m_fixture->child<QPushButton>("saveModel")->isEnabled());
    m_fixture->startAndHoldAt(60); // 45 batches an epoch.
    QVERIFY(!m_fixture->child<QPushButton>("start")->isEnabled());
    QVERIFY(m_fixture->child<QPushButton>("stop")->isEnabled());
    QVERIFY(!m_fixture->child<QSpinBox>("epochs")->isEnabled());
    QTRY_COMPARE_WITH_TIMEOUT(m_fixture->window->findChild<EpochTable*>()->model()->rowCount(), 1, longTime);
    QTRY_VERIFY_WITH_TIMEOUT(
        m_fixture->child<QProgressBar>("progress")->text().contains(QStringLiteral("of 4 · batch")),
        longTime);
    QVERIFY(m_fixture->status().contains(QStringLiteral("3,900 images/s")));
    QVERIFY(m_fixture->status().contains(QStringLiteral("left")));
    m_fixture->engine.release();
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->idle(), longTime);
}

void TestTrainingTab::keysStartAndStop()
{
    m_fixture->showReady();
    m_fixture->window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_fixture->window.get()));
    m_fixture->engine.holdAt(20);
    QTest::keyClick(m_fixture->window.get(), Qt::Key_F5);
    QTRY_COMPARE_WITH_TIMEOUT(m_fixture->controller()->state(), TrainingController::State::Training,
                              longTime);
    QTest::keyClick(m_fixture->window.get(), Qt::Key_F5, Qt::ShiftModifier);
    QTRY_COMPARE_WITH_TIMEOUT(m_fixture->controller()->state(), TrainingController::State::Stopping,
                              longTime);
    m_fixture->engine.release();
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->idle(), longTime);
    QCOMPARE(m_fixture->ends, 1);
}

void TestTrainingTab::stopKeepsTheBestModel()
{
    m_fixture->showReady();
    m_fixture->startAndHoldAt(3 * 45 + 5);
    m_fixture->press("stop");
    QVERIFY(m_fixture->status().contains(QStringLiteral("Stopping")));
    QVERIFY(!m_fixture->child<QPushButton>("stop")->isEnabled());
    QVERIFY(!m_fixture->child<QPushButton>("start")->isEnabled());
    m_fixture->engine.release();
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->idle(), longTime);
    QCOMPARE(m_fixture->ends, 1);
    QCOMPARE(m_fixture->status(),
             QStringLiteral("Stopped after 3 epochs: the best model so far is kept (epoch 2, "
                            "validation accuracy 96.5\u00A0%)."));
    auto* models = m_fixture->child<QComboBox>("modelChoice");
    QCOMPARE(models->count(), 2);
    QVERIFY(models->itemText(1).contains(QStringLiteral("as it was when stopped")));
}

void TestTrainingTab::stopInTheFirstEpochKeepsTheWeights()
{
    m_fixture->showReady();
    m_fixture->startAndHoldAt(5);
    m_fixture->press("stop");
    m_fixture->engine.release();
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->idle(), longTime);
    QVERIFY(m_fixture->status().contains(QStringLiteral("first epoch")));
    QCOMPARE(m_fixture->child<QComboBox>("modelChoice")->count(), 1);
}

void TestTrainingTab::stopWhileLoadingDataLeavesNothing()
{
    QSettings().setValue(QStringLiteral("training/syntheticCount"), 1'000'000);
    m_fixture->showReady();
    m_fixture->press("start");
    QCOMPARE(m_fixture->controller()->state(), TrainingController::State::LoadingData);
    QVERIFY(m_fixture->status().contains(QStringLiteral("data")));
    QCOMPARE(m_fixture->child<QProgressBar>("progress")->maximum(), 0);
    m_fixture->press("stop");
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->idle(), longTime);
    QCOMPARE(m_fixture->ends, 1);
    QVERIFY(m_fixture->status().contains(QStringLiteral("no new model")));
    QVERIFY(m_fixture->child<QProgressBar>("progress")->maximum() > 0);
    QCOMPARE(m_fixture->child<QComboBox>("modelChoice")->count(), 0);
}

void TestTrainingTab::failureIsSaidAndTheNextRunMayStart()
{
    m_fixture->showReady();
    m_fixture->engine.failure =
        Error{ErrorCode::Internal, "The loss is no number any more; lower the learning rate."};
    m_fixture->press("start");
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->idle(), longTime);
    QCOMPARE(m_fixture->ends, 1);
    auto* messages = m_fixture->window->findChild<MessageBar*>();
    QVERIFY(messages->isVisible());
    QCOMPARE(messages->tone(), Tone::Error);
    QVERIFY(messages->text().contains(QStringLiteral("lower the learning rate")));
    QVERIFY(m_fixture->status().contains(QStringLiteral("failed")));

    m_fixture->engine.failure.reset();
    m_fixture->completeRun();
    QVERIFY(!messages->isVisible());
    QCOMPARE(m_fixture->ends, 2);
}

void TestTrainingTab::impossibleOptionsStartNothing()
{
    m_fixture->showReady();
    auto* rate = m_fixture->child<RateField>("learningRate");
    rate->setFocus();
    rate->selectAll();
    QTest::keyClicks(rate, QStringLiteral("0"));
    m_fixture->press("start");
    QVERIFY(m_fixture->idle());
    QVERIFY(qobject_cast<FormField*>(rate->parentWidget())->error().contains(QStringLiteral("impossible")));
}

void TestTrainingTab::warningsOfTheDataAreShown()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("mine.jsonl"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    for (int i = 0; i < 20; ++i) {
        file.write("{\"label\": \"1\", \"strokes\": [[[0, 0], [0, 100]]]}\n");
    }
    file.write("no ink at all\n");
    file.close();
    QSettings settings;
    settings.setValue(QStringLiteral("training/data"), QStringLiteral("own"));
    settings.setValue(QStringLiteral("training/ownPath"), path);
    settings.setValue(QStringLiteral("training/batchSize"), 2);
    m_fixture->showReady();
    m_fixture->completeRun();
    auto* messages = m_fixture->window->findChild<MessageBar*>();
    QVERIFY(messages->isVisible());
    QCOMPARE(messages->tone(), Tone::Warning);
    QVERIFY2(messages->text().contains(QStringLiteral("21")), qPrintable(messages->text()));
    QVERIFY(m_fixture->status().contains(QStringLiteral("no test set")));
}

void TestTrainingTab::teachesWhatIsNoDigitAndVaries()
{
    m_fixture->showReady();
    m_fixture->press("start");
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->idle(), longTime);
    const auto noDigits = [](const DigitSet& set) {
        return std::count(set.labels.begin(), set.labels.end(), noDigitLabel);
    };
    QCOMPARE(noDigits(*m_fixture->engine.given.training), 0);
    QVERIFY(m_fixture->engine.given.renderer == nullptr);

    for (const char* name : {"noDigits", "vary"}) {
        m_fixture->tick(name);
    }
    m_fixture->press("start");
    QVERIFY(!m_fixture->child<QCheckBox>("noDigits")->isEnabled());
    QVERIFY(m_fixture->child<QCheckBox>("noDigits")
                ->parentWidget()
                ->toolTip()
                .contains(QStringLiteral("A run is in progress")));
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->idle(), longTime);
    const TrainingData& data = m_fixture->engine.given;
    QCOMPARE(data.training->size() + data.validation->size(), std::size_t{5500});
    QCOMPARE(noDigits(*data.training) + noDigits(*data.validation), 5000);
    QVERIFY(noDigits(*data.test) > 0 && noDigits(*data.validation) > 0);
    QVERIFY(data.renderer != nullptr);
    QVERIFY(m_fixture->child<QCheckBox>("vary")->isEnabled());
}

void TestTrainingTab::foldsAreSummedUp()
{
    m_fixture->showReady();
    auto* validation = m_fixture->child<QComboBox>("validation");
    validation->setFocus();
    QTest::keyClick(validation, Qt::Key_End);
    QCOMPARE(validation->currentData().toString(), QStringLiteral("folds"));
    auto* folds = m_fixture->child<QSpinBox>("folds");
    folds->setFocus();
    folds->selectAll();
    QTest::keyClicks(folds, QStringLiteral("3"));
    m_fixture->press("start");
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->idle(), longTime);
    QCOMPARE(m_fixture->ends, 1); // Of all three together.
    QVERIFY(m_fixture->messages()->isVisible());
    QCOMPARE(m_fixture->messages()->tone(), Tone::Success);
    // Each fold's best epoch is as good; the tests read 97.42, 96.42 and 95.42 %.
    QCOMPARE(
        m_fixture->messages()->text(),
        QStringLiteral("All 3 folds are done: validation accuracy 96.50\u00A0% ± 0.00\u00A0%, test accuracy "
                       "96.42\u00A0% ± 1.00\u00A0%."));
    QTRY_COMPARE(m_fixture->window->findChild<RunsModel*>()->rowCount(), 3);
}

/// First the form, then the charts, what runs and stops, the lists, the models: each from top to bottom.
void TestTrainingTab::tabPassesThroughTheTabAsItIsSeen()
{
    m_fixture->showReady();
    m_fixture->completeRun();
    m_fixture->activate();
    const QList<QWidget*> parts{
        m_fixture->window->findChild<TrainingForm*>(), m_fixture->window->findChild<MetricsChart*>(),
        m_fixture->window->findChild<RunPanel*>(), m_fixture->child<QTabWidget>("lowerTabs"),
        m_fixture->window->findChild<ModelPanel*>()};
    QWidgetList seen;
    for (QWidget* part : parts) {
        seen += test::stopsAsSeen(part);
    }
    QVERIFY(seen.size() > 40);
    seen.first()->setFocus(Qt::TabFocusReason);
    for (qsizetype i = 1; i < seen.size(); ++i) {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        const QWidget* now = QApplication::focusWidget();
        QVERIFY2(now == seen[i],
                 qPrintable(now->objectName() + QStringLiteral(" instead of ") + seen[i]->objectName()));
    }
}

/// The module itself, a short training through buttons, and drawing with what came out. The window answers
/// meanwhile.
void TestTrainingTab::realTraining()
{
    QSettings settings;
    settings.setValue(QStringLiteral("training/syntheticCount"), 3000);
    settings.setValue(QStringLiteral("training/batchSize"), 64);
    settings.setValue(QStringLiteral("training/epochs"), 3);
    m_fixture->show();
    m_fixture->recognizer.start();
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->recognizer.engine() != nullptr, 60'000);
    QSignalSpy epochs(m_fixture->controller(), &TrainingController::epochEnded);
    m_fixture->press("start");
    QElapsedTimer turn;
    qint64 longest = 0;
    QTimer ticker;
    turn.start();
    connect(&ticker, &QTimer::timeout, this, [&] { longest = std::max(longest, turn.restart()); });
    ticker.start(1);
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->idle(), 120'000);
    qInfo("%s Longest turn of the event loop: %lld ms", qPrintable(m_fixture->status()), longest);
    QCOMPARE(m_fixture->ends, 1);
    QCOMPARE(epochs.size(), 3);
    const auto first = epochs.first().first().value<EpochMetrics>();
    const auto last = epochs.last().first().value<EpochMetrics>();
    QVERIFY(last.trainingLoss < 0.8 * first.trainingLoss);
    QVERIFY(last.validationAccuracy > 0.6);
    QVERIFY2(m_fixture->status().startsWith(QStringLiteral("Finished: test accuracy")),
             qPrintable(m_fixture->status()));

    QSignalSpy inUse(m_fixture->window->tab, &TrainingTab::modelInUse);
    m_fixture->press("useForDrawing");
    QTRY_COMPARE_WITH_TIMEOUT(inUse.size(), 1, 20'000);
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("digits-mlp.pt"));
    m_fixture->window->findChild<ModelPanel*>()->save(path);
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(path), 20'000);
    m_fixture->window->findChild<ModelPanel*>()->load(path);
    QTRY_COMPARE_WITH_TIMEOUT(inUse.size(), 2, 20'000);
    QCOMPARE(m_fixture->recognizer.modelName(), QStringLiteral("digits-mlp.pt"));
}

QTEST_MAIN(TestTrainingTab)
#include "tst_trainingtab.moc"
