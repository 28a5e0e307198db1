#include "ui/mainwindow.h"

#include "ui/data/datatab.h"
#include "ui/draw/corrections.h"
#include "ui/draw/drawactions.h"
#include "ui/draw/drawtab.h"
#include "ui/evaluation/evaluationtab.h"
#include "ui/mydigits/learnhand.h"
#include "ui/mydigits/mydigitstab.h"
#include "ui/training/trainingform.h"
#include "ui/training/trainingtab.h"

#include <QCloseEvent>
#include <QLabel>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QSettings>
#include <QStatusBar>
#include <QTabWidget>
#include <QTimer>
#include <QVBoxLayout>

#include <utility>

namespace digitpad {

namespace {

constexpr QSize usualSize(980, 720);

QString geometrySetting()
{
    return QStringLiteral("window/geometry");
}

QString tabSetting()
{
    return QStringLiteral("window/tab");
}

void fill(QWidget* page, QWidget* content)
{
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(content);
}

} // namespace

MainWindow::MainWindow(Recognizer* recognizer, MyDigits* digits, QWidget* parent)
    : QMainWindow(parent)
    , m_recognizer(recognizer)
    , m_digits(digits)
    , m_tabs(new QTabWidget(this))
    , m_drawTab(new DrawTab(recognizer, digits, m_tabs))
    , m_dataPage(new QWidget(m_tabs))
    , m_trainingPage(new QWidget(m_tabs))
    , m_evaluationPage(new QWidget(m_tabs))
    , m_digitsPage(new QWidget(m_tabs))
    , m_learnHand(new LearnHand(recognizer, digits, this))
    , m_status(new QLabel(this))
{
    setWindowTitle(tr("DigitPad"));
    setAcceptDrops(true);
    m_tabs->setObjectName(QStringLiteral("tabs"));
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_drawTab, tr("Draw"));
    m_tabs->addTab(m_dataPage, tr("Data"));
    m_tabs->addTab(m_trainingPage, tr("Training"));
    m_tabs->addTab(m_evaluationPage, tr("Evaluation"));
    m_tabs->addTab(m_digitsPage, tr("My Digits"));
    setCentralWidget(m_tabs);
    m_status->setObjectName(QStringLiteral("recognizerStatus"));
    m_status->setTextFormat(Qt::PlainText);
    statusBar()->addPermanentWidget(m_status);
    makeMenus();

    connect(m_tabs, &QTabWidget::currentChanged, this, &MainWindow::onTabChanged);
    connect(m_recognizer, &Recognizer::stateChanged, this, &MainWindow::showStatus);
    connect(m_recognizer, &Recognizer::engineReady, this, &MainWindow::showStatus);
    connect(m_recognizer, &Recognizer::modelChanged, this, &MainWindow::onModelChanged);
    connectDigits();
    connectLearnHand();
    showStatus();
    restore();
}

MainWindow::~MainWindow() = default;

void MainWindow::openFile(const QString& path)
{
    m_tabs->setCurrentIndex(Draw);
    m_drawTab->openFile(path);
}

void MainWindow::makeDataTab()
{
    if (m_dataTab != nullptr) {
        return;
    }
    m_dataTab = new DataTab(m_recognizer, m_digits, MnistDownloader::publicMirrors(), m_dataPage);
    fill(m_dataPage, m_dataTab);
    connect(m_dataTab, &DataTab::drawRequested, this, [this] { m_tabs->setCurrentIndex(Draw); });
    connect(m_dataTab, &DataTab::digitRequested, this, [this](quint64 id) {
        m_tabs->setCurrentIndex(Draw);
        m_drawTab->showDigit(id);
    });
    connect(m_dataTab, &DataTab::padRequested, this, [this](const PadContent& content) {
        m_tabs->setCurrentIndex(Draw);
        m_drawTab->drawing()->replace(content, tr("image from the data"), true);
    });
    connectOptions();
}

/// The Data tab shows what the Training tab's options would make of the data.
void MainWindow::connectOptions()
{
    if (m_dataTab == nullptr || m_trainingTab == nullptr) {
        return; // Whichever comes last connects them.
    }
    const TrainingForm* form = m_trainingTab->form();
    connect(form, &TrainingForm::changed, m_dataTab,
            [this, form] { m_dataTab->setTrainingOptions(form->runOptions()); });
    m_dataTab->setTrainingOptions(form->runOptions());
}

void MainWindow::makeTrainingTab()
{
    if (m_trainingTab != nullptr) {
        return;
    }
    m_trainingTab = new TrainingTab(m_recognizer, m_trainingPage, std::exchange(m_formSections, {}));
    fill(m_trainingPage, m_trainingTab);
    connect(m_trainingTab, &TrainingTab::modelInUse, this, [this](const QString& name) {
        statusBar()->showMessage(tr("“%1” reads the pad now; press Ctrl+1 to draw.").arg(name), 10'000);
    });
    connectOptions();
}

void MainWindow::makeEvaluationTab()
{
    if (m_evaluationTab != nullptr) {
        return;
    }
    m_evaluationTab =
        new EvaluationTab(m_recognizer, m_digits, m_evaluationPage, std::exchange(m_evaluationPages, {}));
    fill(m_evaluationPage, m_evaluationTab);
    connect(m_evaluationTab, &EvaluationTab::padRequested, this, [this](const PadContent& content) {
        m_tabs->setCurrentIndex(Draw);
        m_drawTab->drawing()->replace(content, tr("image from the evaluation"), true);
    });
    connect(m_evaluationTab, &EvaluationTab::digitRequested, this, [this](quint64 id) {
        m_tabs->setCurrentIndex(Draw);
        m_drawTab->showDigit(id);
    });
    connect(m_evaluationTab, &EvaluationTab::downloadRequested, this, [this] {
        m_tabs->setCurrentIndex(Data);
        DataSource mnist;
        mnist.parts = QStringList{QStringLiteral("mnist")};
        m_dataTab->explore(mnist);
    });
}

void MainWindow::makeMyDigitsTab()
{
    if (m_myDigitsTab != nullptr) {
        return;
    }
    m_myDigitsTab = new MyDigitsTab(m_digits, m_digitsPage);
    fill(m_digitsPage, m_myDigitsTab);
    connect(m_myDigitsTab, &MyDigitsTab::drawRequested, this, [this] { m_tabs->setCurrentIndex(Draw); });
    connect(m_myDigitsTab, &MyDigitsTab::openRequested, this, [this](quint64 id) {
        m_tabs->setCurrentIndex(Draw);
        m_drawTab->showDigit(id);
    });
    m_myDigitsTab->learnButton()->show();
    connect(m_myDigitsTab, &MyDigitsTab::learnRequested, m_learnHand, &LearnHand::openDialog);
}

void MainWindow::connectLearnHand()
{
    connect(m_learnHand, &LearnHand::said, this, [this](Tone tone, const QString& text, bool undoable) {
        if (undoable) {
            sayOfDigits(tone, text, tr("Go Back to the Previous Model"),
                        [this] { m_learnHand->goBackAction()->trigger(); });
        } else {
            sayOfDigits(tone, text);
        }
    });
}

void MainWindow::connectDigits()
{
    connect(m_digits, &MyDigits::noticed, this,
            [this](const QString& message) { sayOfDigits(Tone::Warning, message); });
    connect(m_digits, &MyDigits::failed, this, [this](const QString& message) {
        if (m_digits->saveProblem().isEmpty()) {
            sayOfDigits(Tone::Error, message);
        } else {
            sayOfDigits(Tone::Error, message, tr("Try Again"), [this] { m_digits->retry(); });
        }
    });
}

/// Where the person looks; what is said on the Training tab waits on the pad.
void MainWindow::sayOfDigits(Tone tone, const QString& text, const QString& actionText,
                             std::function<void()> action)
{
    if (m_tabs->currentIndex() == Digits) {
        m_myDigitsTab->say(tone, text, actionText, std::move(action));
    } else {
        m_drawTab->say(tone, text, actionText, std::move(action));
    }
}

/// Asks where a full disk would lose digits, and closes the window after a yes.
bool MainWindow::confirmUnsavedDigits()
{
    if (m_dropDigits || m_digits->saveProblem().isEmpty()) {
        return true;
    }
    if (findChild<QMessageBox*>(QStringLiteral("digitsQuestion")) != nullptr) {
        return false; // It is being asked already.
    }
    auto* box = new QMessageBox(QMessageBox::Question, tr("Close DigitPad?"),
                                tr("Changes to My digits are not saved."), QMessageBox::NoButton, this);
    box->setObjectName(QStringLiteral("digitsQuestion"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(m_digits->saveProblem());
    const QPushButton* again = box->addButton(tr("Try again"), QMessageBox::ActionRole);
    connect(again, &QPushButton::clicked, m_digits, &MyDigits::retry);
    const QPushButton* close = box->addButton(tr("Close without them"), QMessageBox::DestructiveRole);
    connect(close, &QPushButton::clicked, this, [this] {
        m_dropDigits = true;
        this->close();
    });
    QPushButton* stay = box->addButton(tr("Keep DigitPad open"), QMessageBox::RejectRole);
    box->setDefaultButton(stay);
    box->setEscapeButton(stay);
    box->open();
    return false;
}

void MainWindow::onTabChanged(int index)
{
    m_drawTab->actions()->setActive(index == Draw);
    m_drawTab->corrections()->setActive(index == Draw);
    if (index == Draw) {
        m_drawTab->focusPad();
    } else if (index == Data) {
        makeDataTab();
        m_dataTab->focusData();
    } else if (index == Training) {
        makeTrainingTab();
    } else if (index == Evaluation) {
        makeEvaluationTab();
        m_evaluationTab->focusUsual();
    } else {
        makeMyDigitsTab();
        m_myDigitsTab->focusDigits();
    }
}

void MainWindow::onModelChanged()
{
    if (!m_bundled && m_recognizer->modelName() == Recognizer::tr("Bundled model")) {
        m_bundled = m_recognizer->model();
        m_bundledName = m_recognizer->modelName();
    }
    m_useBundled->setEnabled(m_bundled && m_recognizer->model() != m_bundled);
    showStatus();
}

void MainWindow::useBundledModel()
{
    m_recognizer->useModel(m_bundled, m_bundledName);
}

void MainWindow::showStatus()
{
    const bool slow = m_recognizer->engine() != nullptr && m_recognizer->engine()->info().slowBlas;
    m_status->setToolTip(
        slow ? tr("A fast BLAS makes reading and training two to five times faster; on Debian and "
                  "Ubuntu install the package libopenblas0-pthread.")
             : QString());
    switch (m_recognizer->state()) {
    case Recognizer::State::Loading:
        m_status->setText(tr("Recogniser: loading…"));
        break;
    case Recognizer::State::Ready:
        m_status->setText(
            (slow ? tr("Recogniser: %1 (slow: no fast BLAS is installed)") : tr("Recogniser: %1"))
                .arg(m_recognizer->modelName()));
        break;
    case Recognizer::State::Failed:
        m_status->setText(tr("Recogniser: not available"));
        break;
    }
}

/// One tab, or a part of it, a turn of the event loop, so that what is drawn meanwhile waits for none of
/// them. LibTorch comes last: while it is being loaded the loader's lock is taken, and a thread that is to be
/// started waits for it on this thread.
void MainWindow::makeNextTab()
{
    if (m_dataTab == nullptr) {
        makeDataTab();
    } else if (m_trainingTab == nullptr && !m_formSections.complete()) {
        m_formSections.makeNext(m_trainingPage);
    } else if (m_trainingTab == nullptr) {
        makeTrainingTab();
    } else if (m_evaluationTab == nullptr && !m_evaluationPages.complete()) {
        m_evaluationPages.makeNext(m_evaluationPage);
    } else if (m_evaluationTab == nullptr) {
        makeEvaluationTab();
    } else if (m_myDigitsTab == nullptr) {
        makeMyDigitsTab();
    } else {
        m_learnHand->model()->restore();
        Q_EMIT firstPainted();
        return;
    }
    QTimer::singleShot(0, this, &MainWindow::makeNextTab);
}

void MainWindow::paintEvent(QPaintEvent* event)
{
    QMainWindow::paintEvent(event);
    if (!m_painted) {
        m_painted = true;
        // After the tabs, which are painted next, and after all of it is on the screen.
        QTimer::singleShot(0, this, &MainWindow::makeNextTab);
    }
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    if (DrawTab::canOpen(event->mimeData())) {
        event->acceptProposedAction();
    }
}

void MainWindow::dropEvent(QDropEvent* event)
{
    event->acceptProposedAction();
    if (DataTab::looksLikeData(event->mimeData())) {
        m_tabs->setCurrentIndex(Data);
        m_dataTab->open(event->mimeData());
        return;
    }
    m_tabs->setCurrentIndex(Draw);
    m_drawTab->open(event->mimeData());
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (m_trainingTab != nullptr && !m_trainingTab->confirmClose()) {
        event->ignore(); // A run or a model would be lost: the tab asks, and closes the window after a yes.
        return;
    }
    if (!confirmUnsavedDigits()) {
        event->ignore();
        return;
    }
    save();
    QMainWindow::closeEvent(event);
}

void MainWindow::restore()
{
    const QSettings settings;
    if (!restoreGeometry(settings.value(geometrySetting()).toByteArray())) {
        resize(usualSize);
    }
    if (const int tab = settings.value(tabSetting()).toInt(); tab > Draw && tab <= Digits) {
        m_tabs->setCurrentIndex(tab);
    } else {
        m_drawTab->focusPad();
    }
}

void MainWindow::save()
{
    QSettings settings;
    settings.setValue(geometrySetting(), saveGeometry());
    settings.setValue(tabSetting(), m_tabs->currentIndex());
}

} // namespace digitpad
