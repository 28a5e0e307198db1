#pragma once

#include "core/base/random.h"
#include "core/data/mydigits.h"
#include "core/data/syntheticdigits.h"
#include "core/ink/inkfile.h"
#include "tests/gui/evaluation/gatedmodel.h"
#include "tests/support/longtime.h"
#include "tests/support/screenshots.h"
#include "tests/testfiles.h"
#include "ui/evaluation/evaluationtab.h"

#include <QAbstractButton>
#include <QLabel>
#include <QPushButton>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <string>

namespace digitpad::test {

/// The tab with a model that reads everything as a seven, or waits, or fails. Tests inherit it.
class EvaluationTabFixture
{
protected:
    /// Before the first test.
    static void begin(const char* program)
    {
        qputenv("DIGITPAD_ENGINE", "/nonexistent");
        beginScreenshots(program);
    }
    void setUp()
    {
        QSettings().clear();
        m_folder = std::make_unique<QTemporaryDir>();
        m_recognizer = std::make_unique<Recognizer>();
        m_digits = std::make_unique<MyDigits>(path(QStringLiteral("my-digits.jsonl")));
        m_tab = std::make_unique<EvaluationTab>(m_recognizer.get(), m_digits.get());
    }
    void tearDown()
    {
        if (m_model) {
            m_model->open();
        }
        m_tab.reset();
        m_digits.reset();
        m_recognizer.reset();
        m_model.reset();
        useLightOrDark(false);
    }

    void show(QSize size = {980, 680})
    {
        m_tab->resize(size);
        m_tab->show();
        QVERIFY(QTest::qWaitForWindowActive(m_tab.get()));
    }
    void useModel(bool open = true)
    {
        m_model = std::make_shared<GatedModel>(open);
        m_recognizer->start();
        QTRY_COMPARE(m_recognizer->state(), Recognizer::State::Failed); // There is no engine.
        m_recognizer->useModel(m_model, QStringLiteral("Sevens"));
        QTRY_COMPARE(m_recognizer->state(), Recognizer::State::Ready);
    }
    void evaluateSynthetic(std::size_t count = 200)
    {
        DataSource source;
        source.parts = QStringList{QStringLiteral("synthetic")};
        source.syntheticCount = count * 10; // A tenth of it is the test.
        m_tab->setSource(source);
        QTest::mouseClick(child<QPushButton>("evaluate"), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(m_tab->shown() && !m_tab->busy(), longTime);
        QCOMPARE(m_tab->shown()->data->set->size(), count);
    }
    void press(const char* name)
    {
        auto* button = child<QAbstractButton>(name);
        QVERIFY2(button && button->isVisible(), name);
        QTest::mouseClick(button, Qt::LeftButton);
    }
    [[nodiscard]] bool shown(const char* name) const { return child<QWidget>(name)->isVisible(); }
    [[nodiscard]] QString text(const char* name) const { return child<QLabel>(name)->text(); }
    template <class T>
    [[nodiscard]] T* child(const char* name) const
    {
        return m_tab->findChild<T*>(QLatin1String(name));
    }
    [[nodiscard]] QString path(const QString& name) const { return m_folder->filePath(name); }
    [[nodiscard]] static QByteArray collection(int count)
    {
        Random random(5);
        QByteArray lines;
        for (int i = 0; i < count; ++i) {
            lines += toJsonLine({syntheticDigit(i % 10, random), std::to_string(i % 10), {}, {}, {}}) + '\n';
        }
        return lines;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Recognizer> m_recognizer;
    std::unique_ptr<MyDigits> m_digits;
    std::shared_ptr<GatedModel> m_model;
    std::unique_ptr<EvaluationTab> m_tab;
};

} // namespace digitpad::test
