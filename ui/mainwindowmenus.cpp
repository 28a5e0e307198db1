// The window's menus; the rest is in mainwindow.cpp.
#include "ui/aboutdialogs.h"
#include "ui/draw/corrections.h"
#include "ui/draw/drawactions.h"
#include "ui/draw/drawtab.h"
#include "ui/mainwindow.h"
#include "ui/mydigits/learnhand.h"

#include <QMenu>
#include <QMenuBar>
#include <QTabWidget>

namespace digitpad {

void MainWindow::makeMenus()
{
    makeFileMenu();
    makeEditMenu();
    makeViewMenu();
    makeHelpMenu();
}

void MainWindow::makeFileMenu()
{
    const DrawActions* actions = m_drawTab->actions();
    QMenu* menu = menuBar()->addMenu(tr("&File"));
    menu->addAction(actions->open);
    menu->addAction(actions->save);
    menu->addSeparator();
    QAction* load = menu->addAction(tr("&Load Model…"), m_drawTab, &DrawTab::chooseModel);
    load->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_L));
    m_useBundled = menu->addAction(tr("Use the &Bundled Model"), this, &MainWindow::useBundledModel);
    m_useBundled->setEnabled(false);
    menu->addAction(m_learnHand->learnAction());
    menu->addAction(m_learnHand->goBackAction());
    menu->addSeparator();
    QAction* quit = menu->addAction(tr("&Quit"), this, &QWidget::close);
    quit->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Q));
    quit->setMenuRole(QAction::QuitRole);
}

void MainWindow::makeEditMenu()
{
    const DrawActions* actions = m_drawTab->actions();
    QMenu* menu = menuBar()->addMenu(tr("&Edit"));
    menu->addActions({actions->undo, actions->redo});
    menu->addSeparator();
    menu->addActions({actions->copy, actions->paste, actions->clear});
    menu->addSeparator();
    menu->addActions({actions->pen, actions->eraser, actions->smaller, actions->larger});
    menu->addSeparator();
    const Corrections* corrections = m_drawTab->corrections();
    QMenu* keep = menu->addMenu(tr("Keep in &My Digits"));
    keep->setObjectName(QStringLiteral("keepMenu"));
    for (QAction* action : corrections->actions()) {
        keep->addAction(action);
    }
    menu->addAction(corrections->clearAfterKeeping());
}

void MainWindow::addTabAction(QMenu* menu, Tab tab, const QString& text, const QKeySequence& shortcut)
{
    QAction* action = menu->addAction(text, this, [this, tab] { m_tabs->setCurrentIndex(tab); });
    action->setShortcut(shortcut);
}

void MainWindow::makeViewMenu()
{
    QMenu* menu = menuBar()->addMenu(tr("&View"));
    addTabAction(menu, Draw, tr("&Draw Tab"), Qt::CTRL | Qt::Key_1);
    addTabAction(menu, Data, tr("D&ata Tab"), Qt::CTRL | Qt::Key_2);
    addTabAction(menu, Training, tr("&Training Tab"), Qt::CTRL | Qt::Key_3);
    addTabAction(menu, Evaluation, tr("&Evaluation Tab"), Qt::CTRL | Qt::Key_4);
    addTabAction(menu, Digits, tr("&My Digits Tab"), Qt::CTRL | Qt::Key_5);
    menu->addSeparator();
    menu->addAction(m_drawTab->actions()->why);
    menu->addSeparator();
    QAction* full = menu->addAction(tr("&Full Screen"));
    full->setCheckable(true);
    full->setShortcut(Qt::Key_F11);
    connect(full, &QAction::toggled, this,
            [this](bool on) { setWindowState(windowState().setFlag(Qt::WindowFullScreen, on)); });
    connect(menu, &QMenu::aboutToShow, full, [this, full] { full->setChecked(isFullScreen()); });
}

void MainWindow::makeHelpMenu()
{
    QMenu* menu = menuBar()->addMenu(tr("&Help"));
    QAction* keys = menu->addAction(tr("&Keyboard Shortcuts"), this, [this] { showShortcuts(this); });
    keys->setShortcut(Qt::Key_F1);
    QAction* about = menu->addAction(tr("&About DigitPad"), this, [this] { showAbout(*m_recognizer, this); });
    about->setMenuRole(QAction::AboutRole);
}

} // namespace digitpad
