#include "ui/data/datastates.h"

#include "ui/data/datatext.h"
#include "ui/training/mnistpage.h"
#include "ui/widgets/statepage.h"

#include <QProgressBar>
#include <QPushButton>

namespace digitpad {

namespace {

constexpr int barSteps = 1000;

} // namespace

DataStates::DataStates(const QList<QUrl>& mirrors, QWidget* parent)
    : QStackedWidget(parent)
{
    setObjectName(QStringLiteral("dataStates"));
    makeStart();
    makeMnist(mirrors);
    makeLoading();
    makeFailed();
    makeNoDigits();
}

QPushButton* DataStates::makeButton(const char* name, const QString& text, const QString& tip)
{
    auto* button = new QPushButton(text, this);
    button->setObjectName(QLatin1String(name));
    button->setToolTip(tip);
    return button;
}

StatePage* DataStates::makePage(const char* name, const QString& title, const QString& text,
                                const QList<QWidget*>& widgets, const QList<QPushButton*>& buttons)
{
    auto* page = new StatePage(QLatin1String(name), title, text, widgets, buttons, this);
    addWidget(page);
    return page;
}

void DataStates::makeStart()
{
    m_first = makeButton("startMnist", tr("&MNIST"), tr("70,000 digits that people wrote, the usual choice"));
    auto* synthetic = makeButton("startSynthetic", tr("&Synthetic Digits"),
                                 tr("Drawn by this program, without a download"));
    auto* mine = makeButton("startMine", tr("M&y Digits"), tr("What you drew and kept"));
    auto* file = makeButton("startFile", tr("Open File…"), tr("An IDX file, a table, or an ink collection"));
    auto* folder = makeButton("startFolder", tr("Open Folder…"),
                              tr("A folder of pictures, of InkML files, or "
                                 "with MNIST's files"));
    makePage("dataStart", tr("What is there to learn from?"),
             tr("Look at the digits before a network learns from them: how many there are of each, what they "
                "look like, and what is odd about them. Files and folders can be dropped here, too."),
             {}, {m_first, synthetic, mine, file, folder});
    connect(m_first, &QPushButton::clicked, this,
            [this] { Q_EMIT sourceRequested(QStringLiteral("mnist")); });
    connect(synthetic, &QPushButton::clicked, this,
            [this] { Q_EMIT sourceRequested(QStringLiteral("synthetic")); });
    connect(mine, &QPushButton::clicked, this, [this] { Q_EMIT sourceRequested({}); });
    connect(file, &QPushButton::clicked, this, &DataStates::fileRequested);
    connect(folder, &QPushButton::clicked, this, &DataStates::folderRequested);
}

void DataStates::makeMnist(const QList<QUrl>& mirrors)
{
    m_mnist = new MnistPage(mirrors, this);
    makePage("dataMnist", tr("MNIST is not on this computer yet"),
             tr("It is downloaded once, from its public mirrors, and checked; or show DigitPad a folder that "
                "has its four files."),
             {m_mnist}, {});
}

void DataStates::makeLoading()
{
    m_bar = new QProgressBar(this);
    m_bar->setObjectName(QStringLiteral("dataProgress"));
    m_bar->setTextVisible(false);
    m_cancel = makeButton("cancelData", tr("Cancel"), tr("Ends the reading; nothing is changed"));
    m_loading = makePage("dataLoading", {}, {}, {m_bar}, {m_cancel});
    connect(m_cancel, &QPushButton::clicked, this, &DataStates::cancelRequested);
}

void DataStates::makeFailed()
{
    m_again = makeButton("dataAgain", tr("Try Again"), tr("Reads the source again"));
    auto* file = makeButton("failedFile", tr("Open File…"), tr("Another file"));
    auto* folder = makeButton("failedFolder", tr("Open Folder…"), tr("Another folder"));
    m_failed = makePage("dataFailed", {}, {}, {}, {m_again, file, folder});
    connect(m_again, &QPushButton::clicked, this, &DataStates::againRequested);
    connect(file, &QPushButton::clicked, this, &DataStates::fileRequested);
    connect(folder, &QPushButton::clicked, this, &DataStates::folderRequested);
}

void DataStates::makeNoDigits()
{
    m_draw = makeButton("dataDraw", tr("Draw a Digit"), tr("Go to the Draw tab"));
    makePage("dataNoDigits", tr("My digits is empty"),
             tr("Draw a digit and press its key, 0 to 9: it is kept, and can be looked at here."), {},
             {m_draw});
    connect(m_draw, &QPushButton::clicked, this, &DataStates::drawRequested);
}

void DataStates::showStart()
{
    setCurrentIndex(static_cast<int>(State::Start));
}

void DataStates::showMnist()
{
    m_mnist->look();
    setCurrentIndex(static_cast<int>(State::Mnist));
}

void DataStates::showLoading(const QString& name)
{
    m_loading->setTitle(tr("Reading %1…").arg(name));
    m_loading->setText(QStringLiteral(" ")); // Keeps the line's height.
    m_bar->setRange(0, 0);
    setCurrentIndex(static_cast<int>(State::Loading));
}

void DataStates::setProgress(DataExplorer::Phase phase, const ReadingProgress& progress)
{
    const QString images = imagesText(static_cast<qint64>(progress.images));
    m_loading->setText(phase == DataExplorer::Phase::Reading ? images : tr("%1 counted").arg(images));
    m_bar->setRange(0, progress.part < 0 ? 0 : barSteps);
    m_bar->setValue(static_cast<int>(progress.part * barSteps));
}

void DataStates::showFailed(const QString& name, const QString& problem)
{
    m_failed->setTitle(tr("%1 could not be read").arg(name));
    m_failed->setText(problem);
    setCurrentIndex(static_cast<int>(State::Failed));
}

void DataStates::showNoDigits()
{
    setCurrentIndex(static_cast<int>(State::NoDigits));
}

void DataStates::focusUsual()
{
    QWidget* usual = nullptr;
    switch (state()) {
    case State::Start:
        usual = m_first;
        break;
    case State::Mnist:
        usual = m_mnist;
        break;
    case State::Loading:
        usual = m_cancel;
        break;
    case State::Failed:
        usual = m_again;
        break;
    case State::NoDigits:
        usual = m_draw;
        break;
    }
    usual->setFocus(Qt::OtherFocusReason);
}

} // namespace digitpad
