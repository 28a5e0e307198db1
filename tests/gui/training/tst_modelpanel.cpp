// What becomes of trained models: used, saved, kept, and asked about when the window closes.
#include "tests/gui/training/tabfixture.h"
#include "ui/training/epochtable.h"
#include "ui/training/modelpanel.h"
#include "ui/widgets/messagebar.h"

#include <QComboBox>
#include <QFile>
#include <QFileDialog>
#include <QMessageBox>
#include <QTemporaryDir>

using namespace digitpad;

class TestModelPanel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void useForDrawing();
    void loadingAModelThatIsNotThereIsSaid();
    void saveModelThroughTheDialog();
    void savingThatFailsIsSaid();
    void aNewRunKeepsTheModelsBefore();
    void closesAtOnceWhenNothingIsLost();
    void closingWhileTrainingAsks();
    void closingWithAnUnsavedModelAsks();
    void closingAfterSaving();
    void givingUpTheSaveDialogClosesNothingLater();
    void destroyedWhileTraining();

private:
    void completeWithoutFolder();

    std::unique_ptr<TabFixture> m_fixture;
};

void TestModelPanel::initTestCase()
{
    QCoreApplication::setOrganizationName(QStringLiteral("digitpad-test"));
    QCoreApplication::setApplicationName(QStringLiteral("tst_modelpanel"));
}

void TestModelPanel::init()
{
    m_fixture = std::make_unique<TabFixture>();
}

void TestModelPanel::cleanup()
{
    m_fixture->engine.release();
    m_fixture.reset();
}

/// Somebody deletes the run's folder while it trains: its models are in the memory alone.
void TestModelPanel::completeWithoutFolder()
{
    m_fixture->startAndHoldAt(60);
    QVERIFY(QDir(defaultRunsFolder()).removeRecursively());
    m_fixture->engine.release();
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->idle(), longTime);
}

void TestModelPanel::useForDrawing()
{
    const QByteArray before = qgetenv("DIGITPAD_ENGINE");
    qputenv("DIGITPAD_ENGINE", "/nowhere/libdigitpad_torch.so");
    m_fixture->recognizer.start(); // Its thread hands models over, with the module or without.
    m_fixture->showReady();
    QSignalSpy inUse(m_fixture->window->tab, &TrainingTab::modelInUse);
    m_fixture->completeRun();
    QVERIFY(m_fixture->recognizer.model() == nullptr);
    m_fixture->press("useForDrawing");
    QTRY_COMPARE_WITH_TIMEOUT(inUse.size(), 1, longTime);
    qputenv("DIGITPAD_ENGINE", before);
    QVERIFY(inUse.first().first().toString().contains(QStringLiteral(" 1: best")));
    QCOMPARE(m_fixture->recognizer.model()->info().epochsTrained, 2);
    QVERIFY(m_fixture->window->findChild<MessageBar*>()->text().contains(QStringLiteral(" 1: best")));

    m_fixture->child<QComboBox>("modelChoice")->setCurrentIndex(1);
    m_fixture->press("useForDrawing");
    QTRY_COMPARE_WITH_TIMEOUT(inUse.size(), 2, longTime);
    QCOMPARE(m_fixture->recognizer.model()->info().epochsTrained, 4);
}

void TestModelPanel::loadingAModelThatIsNotThereIsSaid()
{
    const QByteArray before = qgetenv("DIGITPAD_ENGINE");
    qputenv("DIGITPAD_ENGINE", "/nowhere/libdigitpad_torch.so");
    m_fixture->recognizer.start();
    m_fixture->showReady();
    m_fixture->window->findChild<ModelPanel*>()->load(QStringLiteral("/nowhere/model.pt"));
    auto* messages = m_fixture->window->findChild<MessageBar*>();
    QTRY_VERIFY_WITH_TIMEOUT(messages->isVisible(), longTime);
    qputenv("DIGITPAD_ENGINE", before);
    QCOMPARE(messages->tone(), Tone::Error);
}

void TestModelPanel::saveModelThroughTheDialog()
{
    QTemporaryDir folder;
    m_fixture->showReady();
    m_fixture->completeRun();
    m_fixture->press("saveModel");
    auto* dialog = m_fixture->child<QFileDialog>("saveModelDialog");
    QVERIFY(dialog->selectedFiles().value(0).endsWith(QStringLiteral("digits-mlp.pt")));
    const QString path = folder.filePath(QStringLiteral("mine.pt"));
    dialog->selectFile(path);
    static_cast<QDialog*>(dialog)->accept();
    auto* messages = m_fixture->window->findChild<MessageBar*>();
    QTRY_VERIFY_WITH_TIMEOUT(messages->isVisible(), longTime);
    QCOMPARE(messages->tone(), Tone::Success);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("epochs 2"));
    QVERIFY(m_fixture->child<QComboBox>("modelChoice")
                ->currentText()
                .contains(QStringLiteral("saved as mine.pt")));
    QVERIFY(m_fixture->window->tab->confirmClose());
}

void TestModelPanel::savingThatFailsIsSaid()
{
    m_fixture->showReady();
    completeWithoutFolder();
    m_fixture->window->findChild<ModelPanel*>()->save(QStringLiteral("/nowhere/at/all.pt"));
    auto* messages = m_fixture->window->findChild<MessageBar*>();
    QTRY_VERIFY_WITH_TIMEOUT(messages->isVisible(), longTime);
    QCOMPARE(messages->tone(), Tone::Error);
    QVERIFY(messages->text().contains(QStringLiteral("/nowhere/at/all.pt")));
    QVERIFY(m_fixture->child<QPushButton>("saveModel")->isEnabled());
    QCOMPARE(m_fixture->window->findChild<ModelPanel*>()->unsavedRuns(), 1);
}

void TestModelPanel::aNewRunKeepsTheModelsBefore()
{
    m_fixture->showReady();
    m_fixture->completeRun();
    m_fixture->completeRun();
    auto* models = m_fixture->child<QComboBox>("modelChoice");
    QCOMPARE(models->count(), 4);
    QVERIFY(models->currentText().contains(QStringLiteral(" 2: best")));
    QCOMPARE(m_fixture->window->findChild<ModelPanel*>()->unsavedRuns(), 0); // Their folders keep them.
    QCOMPARE(m_fixture->window->findChild<EpochTable*>()->model()->rowCount(), 4);
}

void TestModelPanel::closesAtOnceWhenNothingIsLost()
{
    m_fixture->showReady();
    QVERIFY(m_fixture->window->close());
}

void TestModelPanel::closingWhileTrainingAsks()
{
    m_fixture->showReady();
    m_fixture->startAndHoldAt(20);
    QVERIFY(!m_fixture->window->close());
    QVERIFY(!m_fixture->window->close()); // Asked again, one question stays.
    QCOMPARE(m_fixture->window->findChildren<QMessageBox*>().size(), 1);
    auto* question = m_fixture->child<QMessageBox>("closeQuestion");
    QTest::mouseClick(question->defaultButton(), Qt::LeftButton); // Keep training.
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->window->findChild<QMessageBox*>() == nullptr, longTime);
    QVERIFY(m_fixture->window->isVisible());

    QVERIFY(!m_fixture->window->close());
    question = m_fixture->child<QMessageBox>("closeQuestion");
    const auto buttons = question->buttons();
    for (QAbstractButton* button : buttons) {
        if (question->buttonRole(button) == QMessageBox::DestructiveRole) {
            QTest::mouseClick(button, Qt::LeftButton);
            break;
        }
    }
    QVERIFY(!m_fixture->window->isVisible());
}

void TestModelPanel::closingWithAnUnsavedModelAsks()
{
    m_fixture->showReady();
    completeWithoutFolder();
    QVERIFY(!m_fixture->window->close());
    auto* question = m_fixture->child<QMessageBox>("closeQuestion");
    const auto buttons = question->buttons();
    QCOMPARE(buttons.size(), 3);
    for (QAbstractButton* button : buttons) {
        if (question->buttonRole(button) == QMessageBox::DestructiveRole) {
            QTest::mouseClick(button, Qt::LeftButton);
            break;
        }
    }
    QVERIFY(!m_fixture->window->isVisible());
}

void TestModelPanel::closingAfterSaving()
{
    QTemporaryDir folder;
    m_fixture->showReady();
    completeWithoutFolder();
    QVERIFY(!m_fixture->window->close());
    QTest::mouseClick(m_fixture->child<QMessageBox>("closeQuestion")->defaultButton(), Qt::LeftButton);
    auto* dialog = m_fixture->child<QFileDialog>("saveModelDialog");
    dialog->selectFile(folder.filePath(QStringLiteral("mine.pt")));
    static_cast<QDialog*>(dialog)->accept();
    QTRY_VERIFY_WITH_TIMEOUT(!m_fixture->window->isVisible(), longTime);
    QVERIFY(QFile::exists(folder.filePath(QStringLiteral("mine.pt"))));
}

void TestModelPanel::givingUpTheSaveDialogClosesNothingLater()
{
    QTemporaryDir folder;
    m_fixture->showReady();
    completeWithoutFolder();
    QVERIFY(!m_fixture->window->close());
    QTest::mouseClick(m_fixture->child<QMessageBox>("closeQuestion")->defaultButton(), Qt::LeftButton);
    m_fixture->child<QFileDialog>("saveModelDialog")->reject();
    m_fixture->window->findChild<ModelPanel*>()->save(folder.filePath(QStringLiteral("mine.pt")));
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->window->findChild<MessageBar*>()->isVisible(), longTime);
    QVERIFY(m_fixture->window->isVisible());
}

void TestModelPanel::destroyedWhileTraining()
{
    QSettings().setValue(QStringLiteral("training/epochs"), 10'000);
    m_fixture->showReady();
    m_fixture->press("start");
    QTRY_COMPARE_WITH_TIMEOUT(m_fixture->controller()->state(), TrainingController::State::Training,
                              longTime);
    m_fixture->window.reset();
    QCOMPARE(m_fixture->ends, 0);
}

QTEST_MAIN(TestModelPanel)
#include "tst_modelpanel.moc"
